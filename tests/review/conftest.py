import pytest

from service.app import create_app
from service.config import Settings
from tests.browser import served
from tests.fakes import FakeEngines, kept
from tests.review.engines import Unsure


@pytest.fixture(scope="session")
def settings(tmp_path_factory):
    return Settings(models=tmp_path_factory.mktemp("models"), max_characters=2000)


@pytest.fixture
def client(settings):
    return create_app(settings, FakeEngines(Unsure()), kept()).test_client()


@pytest.fixture(scope="session")
def url(settings):
    with served(create_app(settings, FakeEngines(Unsure()), kept())) as address:
        yield address
