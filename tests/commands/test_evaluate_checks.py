"""`visavis evaluate checks` as a user types it, with a check that only knows one word."""

import json

import pytest
from click.testing import CliRunner

from alignment.document import Issue
from service.commands import evaluate_checks
from service.commands.evaluate_checks import checks, inspected, judged

TYPES = {"negation": ("negation_lost",), "names": ("name_lost",)}
ENTRY = {
    "id": "negation-001",
    "check": "negation",
    "source": "Il ne viendra pas.",
    "faithful": "He will not come.",
    "unfaithful": "He will come.",
    "type": "negation_lost",
    "note": "ne…pas",
}
NAME = ENTRY | {
    "id": "names-001",
    "check": "names",
    "source": "Elle ne voit pas Luc.",
    "faithful": "She fails to see Luc.",
    "unfaithful": "She fails to see him.",
}


def not_is_not_there(pair):
    if "pas" in pair.source and "not" not in pair.target:
        return (Issue("negation_lost", "major", "“pas”"),)
    return ()


@pytest.fixture(autouse=True)
def one_check(monkeypatch):
    monkeypatch.setattr(evaluate_checks, "inspect", not_is_not_there)
    monkeypatch.setattr(evaluate_checks, "TYPES", TYPES)


def run(*arguments, entries=()):
    data = "".join(json.dumps(each) + "\n" for each in entries).encode()
    return CliRunner().invoke(checks, [str(each) for each in arguments], input=data)


@pytest.fixture
def bitext(tmp_path):
    def write(source, target):
        names = tmp_path / "test.fr", tmp_path / "test.en"
        for name, text in zip(names, (source, target), strict=True):
            name.write_text(text, encoding="utf-8", newline="")
        return "--source", names[0], "--target", names[1]

    return write


def test_the_table_has_a_row_for_each_check_and_one_for_all():
    result = run("-", entries=[ENTRY, NAME])
    assert result.exit_code == 0, result.stderr
    assert result.stdout == (
        "check     entries  caught  major  recall  noticed  alarms  major  elsewhere  precision\n"
        "negation        1       1      1   100.0        1       0      0          1      100.0\n"
        "names           1       0      0     0.0        0       0      0          0      100.0\n"
        "all             2       1      1    50.0        1       0      0          1      100.0\n"
        "\n"
        "faithful translations: 2, flagged 1 (50.00 %), major or critical 1 (50.00 %)\n"
    )


def test_json_has_the_counts_the_figures_and_what_to_look_at():
    result = run("-", "--json", entries=[ENTRY, NAME])
    found = json.loads(result.stdout)
    assert found.keys() == {"checks", "all", "missed", "alarms", "faithful"}
    assert found["checks"]["negation"] == {
        "entries": 1,
        "caught": 1,
        "serious": 1,
        "noticed": 1,
        "alarms": 0,
        "serious_alarms": 0,
        "elsewhere": 1,
        "precision": 1,
        "recall": 1,
    }
    assert (found["missed"], found["alarms"]) == (
        ["names-001"],
        {"names-001": ["negation_lost"]},
    )


def test_several_files_are_counted_together(tmp_path):
    files = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    for file, entry in zip(files, (ENTRY, NAME), strict=True):
        file.write_text(json.dumps(entry), encoding="utf-8")
    found = json.loads(run(*files, "--json").stdout)
    assert found["all"]["entries"] == 2


def test_a_bitext_is_taken_to_be_faithful(bitext):
    files = bitext("Je ne sais pas.\n\nPas ici.\nOui.\n", "I do not know.\n\nNowhere.\nYes.\n")
    result = run(*files)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == (
        "segments of the bitext: 3, flagged 0 (0.00 %), major or critical 0 (0.00 %)\n"
    )


def test_the_types_found_in_a_bitext_are_listed(bitext):
    files = bitext("Je ne sais pas.\nOui.\n", "No idea.\nYes.\n")
    assert run(*files).stdout == (
        "segments of the bitext: 2, flagged 1 (50.00 %), major or critical 1 (50.00 %)\n"
        "type           segments     %  major     %\n"
        "negation_lost         1  50.0      1  50.0\n"
    )


def test_a_bitext_in_json_has_shares(bitext):
    files = bitext("Je ne sais pas.\nOui.", "No idea.\nYes.")
    assert json.loads(run(*files, "--json").stdout) == {
        "bitext": {
            "segments": 2,
            "flagged": 1,
            "serious": 1,
            "flagged_share": 0.5,
            "serious_share": 0.5,
            "types": {"negation_lost": {"flagged": 1, "serious": 1}},
        }
    }


def test_a_line_separator_within_a_line_parts_no_lines(bitext):
    files = bitext("Oui.\u2028Non.\n", "Yes. No.\n")
    assert json.loads(run(*files, "--json").stdout)["bitext"]["segments"] == 1


def test_files_of_unequal_length_are_refused(bitext):
    files = bitext("Oui.\nNon.\n", "Yes.\n")
    result = run(*files)
    assert result.exit_code == 1
    assert f"{files[1]} has 2 lines and {files[3]} 1: " in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Nothing to measure on"),
        (["-", "--source", "-"], "--source and --target go together"),
        (["-", "--target", "-"], "--source and --target go together"),
    ],
)
def test_what_is_missing_is_said(arguments, said):
    result = run(*arguments, entries=[ENTRY])
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_bad_line_is_named_with_its_field():
    result = run("-", entries=[ENTRY, ENTRY | {"id": ""}])
    assert result.exit_code == 1
    assert result.stderr == "Error: standard input, line 2: id: '' is blank\n"


def test_a_check_that_there_is_not_is_named():
    result = run("-", entries=[ENTRY | {"check": "spelling"}])
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: standard input, negation-001: check: 'spelling' is none of negation, names\n"
    )


def test_progress_counts_both_translations_of_each_entry():
    told = []
    judged([], not_is_not_there, lambda *each: told.append(each))
    assert told == []
    entry = evaluate_checks.challenges(json.dumps(ENTRY))
    judged(entry, not_is_not_there, lambda *each: told.append(each))
    assert told == [(1, 2), (2, 2)]


def test_words_are_linked_before_a_pair_is_inspected():
    seen = []
    list(inspected([("Il dort.", "He sleeps.")], lambda pair: seen.append(pair) or ()))
    assert [bool(pair.links) for pair in seen] == [True]
