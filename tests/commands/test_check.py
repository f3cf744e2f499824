import json

import pytest
from click.testing import CliRunner

from service.cli import visavis

FRENCH = "Le maire est arrivé.\nIl aurait refusé l’offre 😀.\n"
FAITHFUL = "The mayor has arrived.\nHe reportedly turned down the offer 😀.\n"
UNFAITHFUL = "The mayor has arrived.\nHe turned down the offer 😀.\n"


@pytest.fixture
def check(tmp_path):
    """Runs `visavis check` on two texts."""

    def run(source, target, *options):
        (tmp_path / "fr.txt").write_text(source, encoding="utf-8", newline="")
        (tmp_path / "en.txt").write_text(target, encoding="utf-8", newline="")
        files = [str(tmp_path / "fr.txt"), str(tmp_path / "en.txt")]
        return CliRunner().invoke(visavis, ["check", *files, *options])

    return run


def test_a_faithful_translation_passes(check):
    result = check(FRENCH, FAITHFUL, "--fail-on", "minor")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "2 sentences, none flagged; fidelity 100 of 100" in result.stderr


def test_what_was_lost_is_explained_with_the_words_that_lost_it(check):
    result = check(FRENCH, UNFAITHFUL)
    assert result.exit_code == 0
    assert "major hedge_lost: " in result.stdout
    assert "  < 24:37 aurait refusé\n" in result.stdout
    assert "2 sentences, 1 to look at (1 major)" in result.stderr


@pytest.mark.parametrize(("least", "code"), [("minor", 3), ("major", 3), ("critical", 0)], ids=str)
def test_a_pipeline_can_fail_on_what_is_severe_enough(check, least, code):
    assert check(FRENCH, UNFAITHFUL, "--fail-on", least).exit_code == code
    assert check(FRENCH, UNFAITHFUL, "--lines", "--fail-on", least).exit_code == code


def test_line_by_line_there_is_an_object_for_every_line(check):
    result = check(f"\n{FRENCH}", f"\n{UNFAITHFUL}", "--lines", "--format", "json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["line"] for line in lines] == [1, 2, 3]
    assert [line["issues"] for line in lines[:2]] == [[], []]
    (issue,) = lines[2]["issues"]
    assert (issue["type"], issue["severity"]) == ("hedge_lost", "major")
    assert issue["source_spans"] == [[3, 16]]


def test_a_line_that_was_left_out_is_flagged(check):
    result = check("Oui.\nIl part.\n", "Yes.\n\n", "--lines", "--format", "json")
    assert [
        [issue["type"] for issue in json.loads(line)["issues"]]
        for line in result.stdout.splitlines()
    ] == [[], ["omitted"]]


def test_lines_that_do_not_pair_up_are_refused(check):
    result = check("Oui.\nNon.\n", "Yes.\n", "--lines")
    assert result.exit_code == 1
    assert "has 2 lines and" in result.stderr


def test_a_type_can_be_switched_off(check, monkeypatch):
    assert check(FRENCH, UNFAITHFUL, "--ignore", "hedge_lost").stdout == ""
    monkeypatch.setenv("VISAVIS_IGNORED", "hedge_lost")
    result = check(FRENCH, UNFAITHFUL)
    assert result.stdout == ""
    assert "not checked: hedge_lost" in result.stderr


def test_the_json_of_running_text_is_the_aligned_document(check):
    data = json.loads(check(FRENCH, UNFAITHFUL, "--format", "json").stdout)
    assert data["source"] == FRENCH
    assert data["model"] is None
    assert data["fidelity"]["flagged"] == 1
