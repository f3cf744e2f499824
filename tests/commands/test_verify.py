from pathlib import Path

import pytest
from click.testing import CliRunner

from alignment.formats import table, tmx
from service.cli import Visavis
from service.commands.verify import verify
from tests.alignment.samples import BY_PEOPLE


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "memory.tmx").write_text(tmx.write(BY_PEOPLE), encoding="utf-8", newline="")
    (tmp_path / "table.csv").write_text(table.write(BY_PEOPLE), encoding="utf-8", newline="")
    (tmp_path / "fr.txt").write_text(BY_PEOPLE.source, encoding="utf-8", newline="")
    (tmp_path / "en.txt").write_text(BY_PEOPLE.target, encoding="utf-8", newline="")
    group = Visavis(commands=[verify])
    return lambda *arguments, **options: CliRunner().invoke(
        group, ["verify", *arguments], **options
    )


def test_an_export_that_holds_says_what_was_compared(run):
    answer = run("memory.tmx")
    assert answer.output == "memory.tmx (tmx) holds; 4 quotes and 2 hashes compared\n"
    assert answer.exit_code == 0


def test_a_table_is_compared_with_the_texts_named(run):
    answer = run("table.csv", "--text", "fr.txt", "--translation", "en.txt")
    assert answer.output == "table.csv (csv) holds; 4 quotes and 2 hashes compared\n"
    answer = run("table.csv", "--text", "fr.txt")
    assert "2 quotes and 1 hashes compared; 2 quotes not, for want of" in answer.output
    assert answer.exit_code == 0


def test_a_table_alone_cannot_be_compared(run):
    answer = run("table.csv")
    assert answer.output == (
        "table.csv (csv) only quotes its texts: name them by --text, --translation\n"
    )
    assert answer.exit_code == 1


def test_what_does_not_hold_is_named_line_by_line(run, tmp_path):
    (tmp_path / "fr.txt").write_text("Oui. Mon.", encoding="utf-8")
    answer = run("table.csv", "--text", "fr.txt")
    first, second, last = answer.output.splitlines()
    assert first.startswith("original: the text given has the sha256")
    assert second == "segment s2, row 3: the original at 5:9 reads “Mon.”, not “Non.”"
    assert last.startswith("table.csv (csv) does not hold: 2 found;")
    assert answer.exit_code == 1


def test_no_more_findings_are_printed_than_can_be_read(run, tmp_path):
    rows = table.write(BY_PEOPLE)
    (tmp_path / "table.csv").write_text(
        rows + rows.split("\r\n", 1)[1] * 20, encoding="utf-8", newline=""
    )
    (tmp_path / "fr.txt").write_text("", encoding="utf-8")
    lines = run("table.csv", "--text", "fr.txt").output.splitlines()
    assert len(lines) == 22
    assert lines[20] == "… and 23 more"


def test_standard_input_is_read(run):
    answer = run("-", input=tmx.write(BY_PEOPLE))
    assert answer.output.startswith("standard input (tmx) holds;")


def test_a_file_that_cannot_be_read_is_named(run, monkeypatch):
    def refused(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refused)
    assert run("memory.tmx").output == "Error: memory.tmx can't be read: Permission denied\n"


def test_a_file_of_no_such_format_is_refused_in_one_line(run, tmp_path):
    answer = run("fr.txt")
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: the file is no JSON, JSON Lines, TMX,")
