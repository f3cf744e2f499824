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
        ("VISAVIS_DATABASE", ""),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(variable, value):
    with pytest.raises(BadSetting, match=variable):
        Settings.from_environ({variable: value})


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ("/srv/data", "/srv/data/visavis/visavis.db"),
        ("not/absolute", "/home/zoe/.local/share/visavis/visavis.db"),
        ("", "/home/zoe/.local/share/visavis/visavis.db"),
    ],
)
def test_the_store_is_among_the_users_data(monkeypatch, given, place):
    monkeypatch.setenv("XDG_DATA_HOME", given)
    monkeypatch.setenv("HOME", "/home/zoe")
    assert Settings().database == place


def test_ignored_types_of_issues_are_parted_by_commas():
    settings = Settings.from_environ({"VISAVIS_IGNORED": "hedge_lost, low_confidence,"})
    assert settings.ignored == ("hedge_lost", "low_confidence")


def test_an_unknown_type_of_issue_is_refused_by_name():
    with pytest.raises(BadSetting, match="VISAVIS_IGNORED: 'hedge' is no type of issue"):
        Settings.from_environ({"VISAVIS_IGNORED": "hedge"})
