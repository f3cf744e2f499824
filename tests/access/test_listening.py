import pytest

from service.access.listening import listening_address
from service.config import BadSetting

LOOPBACK = [("localhost", "127.0.0.1"), ("127.0.0.2", "127.0.0.2"), ("::1", "::1")]
ELSEWHERE = ["0.0.0.0", "192.0.2.1", "::"]


@pytest.mark.parametrize(("host", "address"), LOOPBACK)
def test_on_this_machine_it_listens_with_accounts_and_without(store, host, address):
    assert listening_address(host, store) == address


@pytest.mark.parametrize("host", ELSEWHERE)
def test_without_accounts_it_listens_nowhere_else_and_says_what_to_do(store, host):
    with pytest.raises(BadSetting, match=r"there are no accounts.*visavis users add NAME"):
        listening_address(host, store)


@pytest.mark.parametrize("host", ELSEWHERE)
def test_with_accounts_it_may_listen_anywhere(store, people, host):
    assert listening_address(host, store) == host


@pytest.mark.parametrize("host", ["example.org", "", "127.0.0.1:80", "[::1]"])
def test_what_is_no_address_is_named(store, people, host):
    with pytest.raises(BadSetting, match="neither an IP address nor localhost"):
        listening_address(host, store)
