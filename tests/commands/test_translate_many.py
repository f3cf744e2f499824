"""Many files as a user gives them: an output each, and on from where it stopped."""

import json
import os

import pytest
from click.testing import CliRunner

from alignment.formats import tmx
from service.cli import visavis
from service.commands.record import NAME
from service.translate import translate_article
from tests.documents.samples import PAGE, word_file
from tests.fakes import FakeEngines, WordByWord


class Engines:
    """Counts what is translated."""

    def __init__(self):
        self.sentences = []
        engine = WordByWord()
        shout = engine.translate

        def translate(sentences, *rest):
            self.sentences.extend(sentences)
            return shout(sentences, *rest)

        engine.translate = translate
        self.fakes = FakeEngines(engine)


@pytest.fixture
def engines(monkeypatch, tmp_path):
    counting = Engines()
    monkeypatch.setattr("service.commands.translate.InstalledEngines", lambda _: counting.fakes)
    monkeypatch.chdir(tmp_path)
    return counting


def run(*arguments):
    return CliRunner().invoke(visavis, ["translate", *map(str, arguments)])


def write(files):
    for name, content in files.items():
        path = os.path.dirname(name)
        if path:
            os.makedirs(path, exist_ok=True)
        with open(name, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())


def made(folder="out"):
    return sorted(name for name in os.listdir(folder) if name != NAME)


def read(name):
    with open(name, encoding="utf-8", newline="") as file:
        return file.read()


def test_each_file_has_an_output_of_its_own(engines):
    write({"a.txt": "Il part.\r\n", "b.md": "# *Un* pont\n", "c.html": PAGE, "d.docx": word_file()})
    result = run("a.txt", "b.md", "c.html", "d.docx", "--out", "out")
    assert result.exit_code == 0, result.stderr
    assert made() == ["a.en.txt", "b.en.md", "c.en.txt", "d.en.txt"]
    assert (read("out/a.en.txt"), read("out/b.en.md")) == ("IL PART.\r\n", "# UN PONT\n")
    assert "ODILE MARCHAND" in read("out/c.en.txt")
    assert "12 MAISONS" in read("out/d.en.txt")
    assert result.stderr.splitlines()[-1] == "4 translated"


def test_without_a_folder_outputs_stand_beside_their_files(engines):
    write({"x/a.txt": "Oui.", "y/a.txt": "Non."})
    assert run("x/a.txt", "y/a.txt", "--format", "tmx").exit_code == 0
    assert tmx.read(read("x/a.en.tmx").encode()).source == "Oui."
    assert tmx.read(read("y/a.en.tmx").encode()).source == "Non."


@pytest.mark.parametrize(
    ("form", "ending"),
    [
        ("json", "json"),
        ("jsonl", "jsonl"),
        ("html", "html"),
        ("tsv", "tsv"),
        ("xliff", "xlf"),
        ("docx", "docx"),
        ("csv", "csv"),
        ("annotation", "jsonld"),
    ],
)
def test_every_format_is_written(engines, form, ending):
    write({"a.md": "Il *part*."})
    assert run("a.md", "--out", "out", "--format", form).exit_code == 0
    assert made() == [f"a.en.{ending}"]


def test_a_bad_file_is_named_and_stops_nothing(engines):
    write(
        {
            "a.txt": "Il part.",
            "b.pdf": b"%PDF-1.7",
            "c.txt": "",
            "d.txt": b"Caf\xe9",
            "e.txt": "Oui.",
        }
    )
    result = run("a.txt", "b.pdf", "c.txt", "d.txt", "e.txt", "--out", "out")
    assert (result.exit_code, made()) == (1, ["a.en.txt", "e.en.txt"])
    errors = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert [line.split(": ")[1] for line in errors] == ["b.pdf", "c.txt", "d.txt"]
    assert result.stderr.splitlines()[-1] == "2 translated, 3 failed"


def test_what_is_there_is_not_made_again(engines):
    write({"a.txt": "Il part.", "b.txt": "Elle reste."})
    run("a.txt", "--out", "out")
    result = run("a.txt", "b.txt", "--out", "out")
    assert result.exit_code == 0
    assert engines.sentences == ["Il part.", "Elle reste."]
    assert result.stderr.splitlines()[-1] == "1 there already, 1 translated"


@pytest.mark.parametrize(
    ("changed", "options"),
    [
        ({"a.txt": "Il revient."}, []),
        ({}, ["--quality", "fast"]),
        ({}, ["--ignore", "names"]),
        ({}, ["--lines"]),
        ({}, ["--force"]),
    ],
    ids=["text", "quality", "checks", "lines", "force"],
)
def test_what_would_come_out_otherwise_is_made_again(engines, changed, options):
    if "names" in options:
        options = ["--ignore", "name_lost"]
    write({"a.txt": "Il part."})
    run("a.txt", "--out", "out")
    write(changed)
    result = run("a.txt", "--out", "out", *options)
    assert result.stderr.splitlines()[-1] == "1 translated"
    assert len(engines.sentences) == 2


def test_a_file_that_was_not_made_here_is_never_overwritten_unasked(engines):
    write({"a.txt": "Il part.", "out/a.en.txt": "He leaves."})
    result = run("a.txt", "--out", "out")
    assert (result.exit_code, read("out/a.en.txt")) == (1, "He leaves.")
    assert "a.en.txt is there, and not as it was made here; --force overwrites it" in result.stderr
    assert run("a.txt", "--out", "out", "--force").exit_code == 0
    assert read("out/a.en.txt") == "IL PART.\n"


def test_a_translation_that_was_edited_is_never_overwritten_unasked(engines):
    write({"a.txt": "Il part."})
    run("a.txt", "--out", "out")
    write({"out/a.en.txt": "HE LEAVES.\n"})
    assert run("a.txt", "--out", "out").exit_code == 1
    assert read("out/a.en.txt") == "HE LEAVES.\n"


def test_files_of_the_same_name_have_outputs_of_their_own(engines):
    write({"x/a.txt": "Un.", "y/a.txt": "Deux.", "y/a.md": "Trois.", "y/A.html": "<p>Quatre.</p>"})
    files = ["x/a.txt", "y/a.txt", "y/a.md", "y/A.html", "x/a.txt"]
    assert run(*files, "--out", "out").exit_code == 0
    assert made() == ["A.html.en.txt", "a.md.en.md", "x-a.txt.en.txt", "y-a.txt.en.txt"]


def test_outputs_are_not_taken_for_originals(engines):
    write({"a.txt": "Il part."})
    run("a.txt", "--out", ".")
    result = run("a.txt", "a.en.txt", "--out", ".")
    assert result.exit_code == 0
    assert engines.sentences == ["Il part."]
    assert "a.en.txt: left out, it was made here" in result.stderr


def test_a_collection_has_an_output_for_each_article(engines):
    lines = [{"id": "../a", "text": "Un."}, {"id": "/a", "text": "Deux."}, {"text": "Trois."}]
    write({"c.jsonl": "\n".join(map(json.dumps, lines))})
    for _ in range(2):
        assert run("c.jsonl", "--out", "out").exit_code == 0
        assert made() == ["c.--a.en.txt", "c.-a.en.txt", "c.3.en.txt"]
    assert engines.sentences == ["Un.", "Deux.", "Trois."]
    assert not os.path.exists("a.en.txt")
    single = run("c.jsonl")
    assert (single.exit_code, "--out FOLDER takes them all" in single.stderr) == (1, True)


def test_ids_that_make_the_same_name_have_outputs_of_their_own(engines):
    lines = [{"id": "un mot", "text": "Un."}, {"id": "un/mot", "text": "Deux."}]
    write({"c.jsonl": "\n".join(map(json.dumps, lines))})
    for _ in range(2):
        assert run("c.jsonl", "--out", "out").exit_code == 0
        assert made() == ["c.un-mot-2.en.txt", "c.un-mot.en.txt"]
    assert engines.sentences == ["Un.", "Deux."]


def test_a_crash_before_the_output_has_its_name_costs_only_that_output(engines, monkeypatch):
    write({"a.txt": "Il part."})

    def crash(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.replace", crash)
        result = run("a.txt", "--out", "out")
    assert (result.exit_code, made()) == (1, [])
    assert "No space left on device" in result.stderr
    with open(f"out/{NAME}", "a", encoding="utf-8") as record:
        record.write('{"output": "a.en')
    assert run("a.txt", "--out", "out").exit_code == 0
    assert run("a.txt", "--out", "out").stderr.splitlines()[-1] == "1 there already"


def test_a_translation_that_exists_is_not_passed_off_as_ours(engines):
    write({"a.tmx": tmx.write(translate_article("Il part.", WordByWord()))})
    for arguments in (["a.tmx"], ["a.tmx", "--out", "out"]):
        result = run(*arguments)
        assert (result.exit_code, "holds a translation already (fr-en)" in result.stderr) == (
            1,
            True,
        )
    assert engines.sentences == []


def test_an_encoding_that_was_guessed_is_told(engines):
    write({"a.txt": "Le préfet espère un geste de l'État, où qu'il soit.".encode("cp1252")})
    for arguments in (["a.txt"], ["a.txt", "--out", "out"]):
        assert "a.txt: read as windows-1252, which its letters show" in run(*arguments).stderr


@pytest.mark.parametrize(
    "arguments", [["a.txt", "b.txt", "-o", "c"], ["a.txt", "-"], ["--out", "out"]]
)
def test_what_is_for_one_file_is_not_for_many(engines, arguments):
    write({"a.txt": "Oui.", "b.txt": "Non."})
    result = run(*arguments)
    assert (result.exit_code, "are for one file" in result.stderr) == (2, True)


def test_lines_are_of_plain_text(engines):
    write({"a.md": "# Oui"})
    result = run("a.md", "--lines")
    assert (result.exit_code, "--lines is for plain text" in result.stderr) == (1, True)
