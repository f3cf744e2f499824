import pytest

from service.app import create_app
from service.config import Settings
from tests.fakes import FakeEngines, kept

LIMIT = 1000


@pytest.fixture
def settings(tmp_path):
    return Settings(models=tmp_path, max_characters=LIMIT)


@pytest.fixture
def client(settings):
    return create_app(settings, FakeEngines(), kept()).test_client()
