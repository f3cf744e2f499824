"""A POST to an address that was looked at before: one try, no redirect, never for long."""

from __future__ import annotations

import ssl
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPException
from socket import SHUT_RDWR
from threading import Timer

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from service.jobs.addresses import Target, addresses, target_of

CONNECT_SECONDS = 5
# From the connection to the status, however slowly it dribbles in.
ANSWER_SECONDS = 10
MOST_ADDRESSES = 2


class Refused(OSError):
    """The address may not be reported to."""


class _Unreachable(OSError):
    """Nobody answers at this address; another one of the host may."""


def post(url: str, body: bytes, headers: Mapping[str, str], private: bool) -> int:
    """Send `body`, and give the status of the answer, whose own body is not read.

    Addresses that are not public need `private`. Raises WebhookRejected for
    the URL, Refused for the addresses of its host, and OSError, without the
    URL in it, where nothing answers.
    """
    target = target_of(url, private)
    try:
        found = addresses(target, private)[:MOST_ADDRESSES]
    except PermissionError as error:
        raise Refused(str(error)) from None
    except (OSError, UnicodeError) as error:
        raise OSError(f"its host is not found: {getattr(error, 'strerror', error)}") from None
    for address in found[:-1]:
        with suppress(_Unreachable):
            return _exchange(target, address, body, headers)
    return _exchange(target, found[-1], body, headers)


def _connection(target: Target, address: str) -> HTTPConnection:
    if target.scheme == "http":
        return HTTPConnection(address, target.port, timeout=CONNECT_SECONDS)
    # The certificate is the host's, whichever of its addresses answers.
    return HTTPSConnection(
        address,
        target.port,
        timeout=CONNECT_SECONDS,
        server_hostname=target.host,
        assert_hostname=target.host,
        cert_reqs=ssl.CERT_REQUIRED,
        ssl_context=ssl.create_default_context(),
    )


def _exchange(target: Target, address: str, body: bytes, headers: Mapping[str, str]) -> int:
    connection = _connection(target, address)
    watch = Timer(CONNECT_SECONDS + ANSWER_SECONDS, _hang_up, [connection])
    watch.start()
    try:
        _connect(connection)
        sent = {"Host": target.authority, "Connection": "close", **headers, **_credentials(target)}
        connection.request("POST", target.target, body, sent, preload_content=False)
        return connection.getresponse().status
    except (OSError, HTTPError, HTTPException) as error:
        raise error if isinstance(error, _Unreachable) else OSError(_reason(error)) from None
    finally:
        watch.cancel()
        connection.close()


def _connect(connection: HTTPConnection) -> None:
    try:
        connection.connect()
    except (OSError, HTTPError) as error:
        raise _Unreachable(_reason(error)) from None
    connection.sock.settimeout(ANSWER_SECONDS)


def _hang_up(connection: HTTPConnection) -> None:
    """End an exchange that goes on for too long; whoever waits for it gets an OSError."""
    with suppress(OSError):
        if connection.sock is not None:
            connection.sock.shutdown(SHUT_RDWR)


def _credentials(target: Target) -> dict[str, str]:
    if not target.user and not target.password:
        return {}
    pair = b64encode(f"{target.user}:{target.password}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


def _reason(error: Exception) -> str:
    """What is wrong, in words that do not quote the address."""
    if isinstance(error, TimeoutError) or "Timeout" in type(error).__name__:
        return "it did not answer in time"
    if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
        return "its certificate is not to be trusted"
    return f"it can't be reached: {type(error).__name__}"
