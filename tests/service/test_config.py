from pathlib import Path

import pytest

from service.config import BadSetting, Settings


def test_a_setting_is_read_as_its_type():
    settings = Settings.from_environ(
        {"VISAVIS_THREADS": "3", "VISAVIS_MODELS": "/m", "VISAVIS_ENGINE": "torch", "HOME": "/"}
    )
    assert settings == Settings(threads=3, models=Path("/m"), engine="torch")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("VISAVIS_THREADS", "4O"),
        ("VISAVIS_THREADS", "0"),
        ("VISAVIS_TREADS", "4"),
        ("VISAVIS_ENGINE", "tensorflow"),
        ("VISAVIS_PORT", "70000"),
        ("VISAVIS_MAX_CHARACTERS", "-1"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(variable, value):
    with pytest.raises(BadSetting, match=variable):
        Settings.from_environ({variable: value})
