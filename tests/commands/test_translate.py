"""The command as a user types it, on the built-in model."""

import json
import re

import pytest
from click.testing import CliRunner

from alignment.formats.native import from_json
from alignment.span import Span
from service.cli import visavis

ARTICLE = (
    "\ufeffUn titre sans point\r\n\r\nIl aurait dit « oui » à 3 % d’entre eux.Elle reste 😀 !\r\n"
)


def run(*arguments, text=ARTICLE):
    data = text if isinstance(text, bytes) else text.encode()
    return CliRunner().invoke(visavis, arguments, input=data)


def test_an_article_comes_out_translated_and_laid_out_as_it_was():
    result = run("translate")
    assert result.exit_code == 0, result.stderr
    lines = result.stdout_bytes.decode().split("\r\n")
    assert lines[0].startswith("\ufeff")
    assert [bool(line.strip("\ufeff")) for line in lines] == [True, False, True, False]
    assert "3" in lines[2]
    assert "😀" in lines[2]
    assert result.stdout != ARTICLE


def test_json_carries_the_whole_document():
    result = run("translate", "--format", "json", "-")
    document = from_json(json.loads(result.stdout_bytes))
    assert document.source == ARTICLE
    assert [segment.source.of(ARTICLE) for segment in document.segments] == [
        "Un titre sans point",
        "Il aurait dit « oui » à 3 % d’entre eux.",
        "Elle reste 😀 !",
    ]
    assert all(segment.links for segment in document.segments)


def test_offsets_come_in_the_unit_asked_for():
    result = run(
        "translate", "--format", "json", "--offset-unit", "utf16", text="😀 Il part.\nOui."
    )
    second = json.loads(result.stdout)["segments"][-1]
    assert second["source"] == {"start": 12, "end": 16}


def test_jsonl_is_a_segment_a_line():
    result = run("translate", "--format", "jsonl", "--quality", "fast")
    origin, *segments = [json.loads(line) for line in result.stdout.splitlines()]
    assert origin["provenance"]["model"]["decoding"].startswith("beam:1")
    assert [segment["id"] for segment in segments] == ["s1", "s2", "s3"]
    assert segments[2]["source"] == {"start": 64, "end": 78, "text": "Elle reste 😀 !"}


def test_lines_come_out_as_they_went_in():
    result = run("translate", "--lines", text="Il part. Elle reste.\n\nOui.\n")
    lines = result.stdout.split("\n")
    assert len(lines) == 4
    assert (bool(lines[0]), lines[1], bool(lines[2]), lines[3]) == (True, "", True, "")


def test_html_stands_on_its_own(tmp_path):
    page = tmp_path / "page.html"
    result = run("translate", "--format", "html", "--output", str(page))
    assert (result.exit_code, result.stdout) == (0, "")
    html = page.read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>")
    assert not re.search(r"(?:src|href)=(?!.#)|@import|url\(", html)


@pytest.mark.parametrize(
    ("arguments", "text", "reason"),
    [
        (["translate"], "", "standard input: "),
        (["translate"], " \n", "nothing to translate"),
        (["translate"], "Caf\xe9".encode("latin-1"), "byte 0xe9 at position 3"),
        (["translate"], "a\x00b", "NUL"),
        (["translate", "--to", "tlh"], "Oui.", "the pairs there are: fr-en"),
        (["translate", "-o", "/nowhere/at/all"], "Oui.", "can't be written"),
        (["segment", "-"], "\xff".encode("latin-1"), "not UTF-8"),
    ],
)
def test_what_can_t_be_done_ends_with_one_clear_line(arguments, text, reason):
    result = run(*arguments, text=text)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert reason in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [["translate", "--format", "pdf"], ["translate", "/no/such/file"], ["segment"], ["nonsense"]],
)
def test_a_command_that_is_not_understood_exits_with_two(arguments):
    assert run(*arguments).exit_code == 2


def test_a_wrong_setting_is_named(monkeypatch):
    monkeypatch.setenv("VISAVIS_THREADS", "two")
    result = run("translate", text="Oui.")
    assert (result.exit_code, "VISAVIS_THREADS='two'" in result.stderr) == (1, True)


def test_sentences_are_found_in_each_file(tmp_path):
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("😀 M. Roy part.Elle reste.", encoding="utf-8")
    two.write_text("", encoding="utf-8")
    result = run("segment", str(one), str(two))
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert found == [
        {"file": str(one), "sentences": [[0, 14], [14, 25]]},
        {"file": str(two), "sentences": []},
    ]
    assert json.loads(run("segment", "--format", "json", str(one), str(two)).stdout) == found


def test_english_sentences_are_found_by_english_rules(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("Mr. Roy left. She stayed.", encoding="utf-8")
    result = run("segment", "--language", "en", str(file))
    assert [Span(*each) for each in json.loads(result.stdout)["sentences"]] == [
        Span(0, 13),
        Span(14, 25),
    ]


@pytest.mark.parametrize("command", [[], ["translate"], ["segment"], ["serve"], ["models"]])
def test_help_helps(command):
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
