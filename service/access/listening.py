"""Where the service may listen, and what its own names are."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from service.config import PREFIX, BadSetting
from service.store.database import Store
from service.store.people.accounts import has_accounts


def listening_address(host: str, store: Store) -> str:
    """The address to listen on: loopback, and with accounts in the store any other too.

    Raises BadSetting for what is no address, and for one that other machines
    can reach as long as nobody could be told apart there.
    """
    try:
        address = ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        raise BadSetting(f"host {host!r} is neither an IP address nor localhost") from None
    if not address.is_loopback and not has_accounts(store):
        raise BadSetting(
            f"host {host} can be reached from other machines, and there are no accounts to tell"
            " who may use the service. Add the first one: visavis users add NAME --role admin."
            f" Without accounts it listens on 127.0.0.1 only ({PREFIX}HOST)"
        )
    return str(address)


def is_loopback(host: str) -> bool:
    """Whether a host, with or without a port, is this machine itself."""
    try:
        name = host_name(host)
        return name == "localhost" or name.endswith(".localhost") or ip_address(name).is_loopback
    except ValueError:
        return False


def host_name(host: str) -> str:
    """A host in small letters and without its port. Raises ValueError for one that is none."""
    return urlsplit(f"//{host}").hostname or ""
