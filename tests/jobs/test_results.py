"""The results of a job in every format, with nothing in them that harms who opens them."""

import csv
import io
import json
import zipfile

import pytest

from alignment.formats import table
from alignment.formats.native import from_json
from service.config import Settings
from service.documents.exports import EXPORTS, UnknownFormat
from service.jobs.results import UnknownForm, file_name, results
from service.jobs.submission import Submission, submit
from service.store.documents import read_document
from service.store.jobs.errors import NoSuchJob
from service.store.jobs.reading import list_items
from service.store.jobs.records import Item, JobOptions, NewArticle
from tests.fakes import FakeEngines, WordByWord, side_by_side
from tests.jobs.work import new_store, work_off

ENGINES = FakeEngines()
TEXT = '=1+1. Il dit\r\n: « "oui", non ». 😀\u00a0!'


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


class Breaking(WordByWord):
    """An engine that puts every word on a line of its own."""

    def translate(self, sentences, *_, **__):
        return [side_by_side(each, each.replace(" ", "\r\n")) for each in sentences]


def done(store, tmp_path, *articles, engine=None):
    settings = Settings(models=tmp_path)
    job = submit(store, settings, Submission(JobOptions()), articles)
    work_off(store, FakeEngines(engine) if engine else ENGINES, settings)
    return job.id


def archive(store, job_id, export):
    return zipfile.ZipFile(io.BytesIO(b"".join(results(store, job_id, "zip", export))))


def item(number, name="", title=""):
    return Item(number, name, title, "done", "", "d", 0, 0, 0, 1)


def test_each_line_holds_a_whole_document(store, tmp_path):
    job = done(store, tmp_path, NewArticle("é", TEXT), NewArticle("b", "Oui."))
    lines = [json.loads(line) for line in b"".join(results(store, job, "jsonl")).splitlines()]
    documents = [read_document(store, each.document).document for each in list_items(store, job)]
    assert [from_json(line["document"]) for line in lines] == documents
    assert [(line["number"], line["id"]) for line in lines] == [(1, "é"), (2, "b")]


def test_the_table_has_a_row_for_each_segment_and_one_for_what_failed(store, tmp_path):
    articles = NewArticle("=a", TEXT), NewArticle('"b"', "", reason="no article")
    job = done(store, tmp_path, *articles, engine=Breaking())
    rows = read_rows(b"".join(results(store, job, "csv")).decode("utf-8-sig"))
    (document,) = [each.document for each in list_items(store, job, "done")]
    header, *segments = read_rows(table.write(read_document(store, document).document))
    assert "\r\n" in "".join(map("".join, segments))
    assert rows[0] == ["article", *header]
    assert rows[1:-1] == [["'=a", *segment] for segment in segments]
    failed = dict(zip(rows[0], rows[-1], strict=True))
    assert {name: cell for name, cell in failed.items() if cell} == {
        "article": '"b"',
        "issues": "failed",
        "explanations": "no article",
    }


def read_rows(text):
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("export", EXPORTS)
def test_a_zip_has_a_file_for_each_article_in_every_format(store, tmp_path, export):
    job = done(store, tmp_path, NewArticle("a", TEXT, "Un titre"), NewArticle("b", "", reason="no"))
    with archive(store, job, export) as found:
        assert found.testzip() is None
        name = f"000001-Un-titre.{EXPORTS[export].extension}"
        assert found.namelist() == [name, "manifest.json"]
        (document,) = [each.document for each in list_items(store, job, "done")]
        stored = read_document(store, document).document
        if export != "docx":
            assert found.read(name) == EXPORTS[export].write(stored, "Un titre")
        manifest = json.loads(found.read("manifest.json"))
    assert manifest == {
        "job": job,
        "articles": [
            {
                "number": 1,
                "id": "a",
                "state": "done",
                "reason": "",
                "document": document,
                "file": name,
            },
            {
                "number": 2,
                "id": "b",
                "state": "failed",
                "reason": "no",
                "document": None,
                "file": None,
            },
        ],
    }


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("../../etc/passwd", "000007-etc-passwd.txt"),
        ("/etc/passwd", "000007-etc-passwd.txt"),
        ("C:\\Windows\\a.ini", "000007-C-Windows-a.ini.txt"),
        ("..", "000007.txt"),
        ("", "000007.txt"),
        ("a\n\u202eb\x7f", "000007-a-b.txt"),
        (".bashrc", "000007-bashrc.txt"),
        ("Été\u00a0: l’œuvre", "000007-Été-l-œuvre.txt"),
        ("x" * 300, f"000007-{'x' * 60}.txt"),
        ("CON", "000007-CON.txt"),
    ],
)
def test_no_name_of_a_file_leads_out_of_its_folder(name, file):
    assert file_name(item(7, name), "txt") == file


def test_articles_of_one_name_have_files_of_their_own():
    assert file_name(item(1, "a"), "txt") != file_name(item(2, "a"), "txt")


def test_a_zip_of_nothing_is_a_zip(store, tmp_path):
    settings = Settings(models=tmp_path)
    job = submit(store, settings, Submission(JobOptions()), [NewArticle("a", "Oui.")])
    with archive(store, job.id, "html") as found:
        assert found.namelist() == ["manifest.json"]


@pytest.mark.parametrize(
    ("form", "export", "error"),
    [("exe", "html", UnknownForm), ("zip", "exe", UnknownFormat)],
)
def test_an_unknown_format_is_refused_before_anything_is_written(
    store, tmp_path, form, export, error
):
    job = done(store, tmp_path, NewArticle("a", "Oui."))
    with pytest.raises(error):
        results(store, job, form, export)


@pytest.mark.parametrize("form", ["jsonl", "tmx", "csv", "zip"])
def test_results_of_no_job_are_refused_before_anything_is_written(store, form):
    with pytest.raises(NoSuchJob):
        results(store, "a" * 26, form)


def test_results_come_in_pieces_and_in_order(store, tmp_path, monkeypatch):
    monkeypatch.setattr("service.jobs.results.PAGE", 2)
    job = done(store, tmp_path, *(NewArticle(str(n), f"Le n° {n}.") for n in range(5)))
    pieces = list(results(store, job, "jsonl"))
    assert [json.loads(piece)["id"] for piece in pieces] == ["0", "1", "2", "3", "4"]
