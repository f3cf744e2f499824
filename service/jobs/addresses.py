"""Where a webhook may lead: never into the operator's own network unless that is wished for.

A name is resolved here, and what is connected to is the address that was
looked at, so that a name that changes its mind in between leads nowhere else.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urlsplit

from service.errors import ServiceError

PORTS = {"http": 80, "https": 443}
# What may stand in a path or a query as it is.
SAFE = "/%:@!$&'()*+,;=~-._?"
# IPv6 addresses that carry one of IPv4 at their end (RFC 6052, RFC 8215).
TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
# Deprecated, and still routed to IPv4 by some machines: IPv4-compatible addresses.
COMPATIBLE = IPv6Network("::/96")

Address = IPv4Address | IPv6Address


class WebhookRejected(ServiceError):
    """The webhook leads to where reports are not sent."""

    status = 422
    field = "webhook"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"webhook: {reason}")
        self.value = shown_url(url)
        self.reason = reason


class Target(NamedTuple):
    """A webhook's URL, taken apart; `target` is the path and the query as they are sent."""

    scheme: str
    host: str
    port: int
    target: str
    user: str
    password: str

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url: str, private: bool) -> Target:
    """The parts of a webhook's URL; an address in it that is not public needs `private`.

    Raises WebhookRejected.
    """
    parts, port = _split(url)
    if parts.scheme not in PORTS:
        raise WebhookRejected(url, "only http and https URLs are reported to")
    if not parts.hostname or not port:
        raise WebhookRejected(url, "it names no host")
    try:
        # What is not ASCII in a name is sent as RFC 3490 has it.
        host = parts.hostname.encode("idna").decode()
    except UnicodeError:
        raise WebhookRejected(url, "its host is no name") from None
    literal = _literal(host)
    if literal and not private and not is_public(literal):
        raise WebhookRejected(url, "it leads into a private network")
    target = quote(parts.path or "/", SAFE)
    if parts.query:
        target += f"?{quote(parts.query, SAFE)}"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Target(parts.scheme, host, port, target, user, password)


def shown_url(url: str) -> str:
    """A URL without what may be secret in it: user, password, query and fragment."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        return f"{parts.scheme}://{host}{parts.path}"
    except ValueError:
        return ""


def addresses(target: Target, private: bool) -> tuple[str, ...]:
    """The addresses of a host that may be connected to.

    Raises OSError where it has none, and PermissionError where it has none that is allowed.
    """
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    known = dict.fromkeys(str(each[4][0]) for each in found)
    allowed = tuple(each for each in known if private or is_public(ip_address(each)))
    if not allowed:
        raise PermissionError("it leads into a private network")
    return allowed


def is_public(address: Address) -> bool:
    """Whether anybody on the Internet could be there.

    Loopback, private, link-local, shared, reserved and multicast addresses are
    not public, nor are IPv6 addresses that carry one of these.
    """
    carried = _carried(address) if isinstance(address, IPv6Address) else None
    if carried is not None:
        return is_public(carried)
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for, if it does."""
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if any(address in network for network in (*TRANSLATED, COMPATIBLE)):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


def _split(url: str) -> tuple[SplitResult, int]:
    if any(character.isspace() or not character.isprintable() for character in url):
        raise WebhookRejected(url, "it has a character that no URL has")
    try:
        parts = urlsplit(url)
        return parts, PORTS.get(parts.scheme, 0) if parts.port is None else parts.port
    except ValueError as error:
        raise WebhookRejected(url, f"it is no URL: {error}") from None


def _literal(host: str) -> Address | None:
    """The address that a host is, also as old programs write it: 127.1, 0x7f000001."""
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None
