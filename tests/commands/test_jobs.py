"""`visavis jobs` on a store of its own, with and without somebody else who runs jobs."""

import json
import os
import zipfile
from contextlib import ExitStack
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner

from service.cli import visavis
from service.commands import job_progress
from service.commands.job_progress import time_left
from service.config import Settings
from service.jobs.runner import embedded_runner
from service.store.jobs.lock import runner_lock
from service.store.jobs.reading import list_items, list_jobs
from service.store.opening import open_store
from tests.documents.samples import PAGE, word_file
from tests.fakes import FakeEngines, WordByWord
from tests.jobs.work import new_store, work_off

ENGINES = FakeEngines()


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setattr("service.commands.jobs.InstalledEngines", lambda _: ENGINES)
    monkeypatch.setattr(job_progress, "PAUSE", 0.01)
    monkeypatch.setenv("VISAVIS_DATABASE", str(tmp_path / "visavis.db"))
    monkeypatch.chdir(tmp_path)
    with new_store(tmp_path):
        pass
    yield tmp_path
    # What is logged to is gone with the command.
    structlog.reset_defaults()


@pytest.fixture
def store(place):
    store = open_store(place / "visavis.db")
    yield store
    store.close()


@pytest.fixture
def settings(place):
    return Settings(models=place, database=str(place / "visavis.db"))


def run(*arguments):
    return CliRunner().invoke(visavis, ["jobs", *arguments])


def write(name, content):
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def submitted(*arguments):
    write("a.txt", "Il pleut. On rentre.")
    result = run("submit", *(arguments or ("a.txt",)))
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


def names(store, job):
    return [item.name for item in list_items(store, job)]


def test_a_job_is_submitted_and_run_to_its_end():
    write("a.txt", "Il pleut. On rentre.")
    result = run("submit", "a.txt", "--wait")
    assert result.exit_code == 0, result.output
    assert result.stderr.splitlines()[-1] == "done, 1 of 1 articles"
    job = result.stdout.strip()
    line = json.loads(run("results", job).stdout)
    assert (line["id"], line["document"]["target"]) == ("a.txt", "IL PLEUT. ON RENTRE.")


def test_without_waiting_it_is_queued_and_says_how_to_go_on(store):
    write("a.txt", "Oui.")
    result = run("submit", "a.txt", "--title", "Été", "--priority", "4", "--quality", "fast")
    (job,) = list_jobs(store).jobs
    assert result.stdout == f"{job.id}\n"
    assert f"visavis jobs wait {job.id}" in result.stderr
    assert (job.title, job.priority, job.options.quality) == ("Été", 4, "fast")
    assert (job.state, job.by) == ("queued", "")


def test_all_files_of_a_folder_but_hidden_ones_are_articles(store):
    for name, content in {
        "in/b.txt": "Oui.",
        "in/a/c.html": PAGE,
        "in/a/d.docx": word_file(),
        "in/e.jsonl": '{"id": "x", "text": "Non."}\n{"text": "Si."}\n',
        "in/.git/config": "Rien.",
        "in/.hidden": "Rien.",
    }.items():
        write(name, content)
    job = submitted("in")
    assert names(store, job) == ["b.txt", "x", "2", "a/c.html", "a/d.docx"]
    assert list_jobs(store).jobs[0].title == "in"


def test_a_file_that_cannot_be_read_fails_alone_and_is_named(store):
    write("a.txt", "Oui.")
    write("b.pdf", "%PDF-1.7")
    write("c.txt", " ")
    result = run("submit", "a.txt", "b.pdf", "c.txt", "--wait")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert lines[0].startswith("b.pdf: b.pdf: this is a PDF")
    assert lines[1] == "c.txt: c.txt: there is nothing to translate but white space"
    assert lines[-1] == "done, 1 of 3 articles, 2 failed"


def test_an_article_that_fails_while_it_runs_ends_with_1(monkeypatch):
    class Broken(WordByWord):
        def translate(self, *_, **__):
            raise RuntimeError("broken")

    monkeypatch.setattr("service.commands.jobs.InstalledEngines", lambda _: FakeEngines(Broken()))
    write("a.txt", "Oui.")
    result = run("submit", "a.txt", "--wait")
    assert result.exit_code == 1
    assert "a.txt: " in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("submit",), 2, "Missing argument"),
        (("submit", "nowhere.txt"), 2, "does not exist"),
        (("submit", "b.pdf"), 1, "not one can be translated"),
        (("submit", "empty"), 1, "there is none"),
        (("submit", "a.txt", "--to", "tlh"), 1, "no model translates fr-tlh"),
        (("submit", "a.txt", "--priority", "10"), 2, "priority"),
        (("submit", "a.txt", "--ignore", "typo"), 2, "typo"),
        (("show", "nobody"), 1, "no job has the id"),
        (("wait", "nobody"), 1, "no job has the id"),
        (("results", "nobody"), 1, "no job has the id"),
        (("results", "nobody", "-o", "empty"), 1, "no job has the id"),
        (("cancel", "nobody"), 1, "no job has the id"),
        (("delete", "nobody"), 1, "no job has the id"),
    ],
)
def test_what_cannot_be_done_says_why(store, arguments, code, said):
    write("a.txt", "Oui.")
    write("b.pdf", "%PDF-1.7")
    Path("empty").mkdir()
    result = run(*arguments)
    assert (result.exit_code, said in result.stderr) == (code, True), result.output
    assert list_jobs(store).jobs == ()


def test_where_somebody_else_runs_jobs_it_waits_for_them(store, settings):
    write("a.txt", "Oui.")
    with embedded_runner(settings, ENGINES, store):
        result = run("submit", "a.txt", "--wait")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (0, "done, 1 of 1 articles")


def test_where_the_other_one_stops_it_runs_them_itself(store, settings, monkeypatch):
    monkeypatch.setattr(job_progress, "TRY_AGAIN", 0.01)
    job = submitted()
    with ExitStack() as elsewhere:
        # It holds the lock, and works on nothing.
        elsewhere.enter_context(runner_lock(store))
        looks = iter([lambda: None, elsewhere.close])
        monkeypatch.setattr(job_progress, "sleep", lambda _: next(looks, lambda: None)())
        assert run("wait", job).exit_code == 0


def test_an_interruption_leaves_the_job_queued_and_says_how_to_go_on(monkeypatch):
    def interrupt(_):
        raise KeyboardInterrupt

    write("a.txt", "Oui.")
    with monkeypatch.context() as patch:
        patch.setattr(job_progress, "sleep", interrupt)
        result = run("submit", "a.txt", "--wait")
    job = result.stdout.strip()
    assert result.exit_code == 130
    assert result.stderr.endswith(f"Nothing is lost. visavis jobs wait {job} goes on.\n")
    assert run("wait", job).exit_code == 0


def test_what_is_no_file_in_a_folder_is_not_waited_for(store):
    write("in/a.txt", "Oui.")
    os.mkfifo("in/b.txt")
    os.symlink("nowhere", "in/c.txt")
    result = run("submit", "in")
    assert result.exit_code == 1
    assert [line.partition(": ")[0] for line in result.stderr.splitlines()[1:]] == [
        "b.txt",
        "c.txt",
    ]


def test_jobs_are_listed_and_shown(store, settings):
    write("b.txt", " ")
    write("a.txt", "Oui.")
    run("submit", "a.txt", "b.txt", "--title", "Été")
    job = list_jobs(store).jobs[0].id
    work_off(store, ENGINES, settings)
    (line,) = run("list").stdout.splitlines()
    assert line.startswith(job)
    assert line.endswith("done, 1 of 2 articles, 1 failed  Été")
    shown = run("show", job)
    assert "1 sentences, 1 tokens done" in shown.stdout
    assert shown.stderr == "b.txt: b.txt: there is nothing to translate but white space\n"


def test_a_job_is_paused_resumed_cancelled_tried_again_and_deleted(store, settings):
    job = submitted()
    assert run("pause", job).stdout == "paused, 0 of 1 articles\n"
    assert run("resume", job).stdout == "queued, 0 of 1 articles\n"
    assert run("cancel", job).stdout == "cancelled, 0 of 1 articles\n"
    again = run("resume", job)
    assert (again.exit_code, "cannot be resumed" in again.stderr) == (1, True)
    assert run("retry", job).stdout == "queued, 0 of 1 articles\n"
    assert run("delete", job).exit_code == 0
    assert list_jobs(store).jobs == ()


@pytest.mark.parametrize("form", ["jsonl", "tmx", "csv", "zip"])
def test_results_go_to_a_file_or_to_standard_output(store, settings, form):
    job = submitted()
    work_off(store, ENGINES, settings)
    assert run("results", job, "--format", form, "-o", f"out.{form}").exit_code == 0
    content = Path(f"out.{form}").read_bytes()
    assert run("results", job, "--format", form).stdout_bytes == content
    if form == "zip":
        assert zipfile.is_zipfile(f"out.{form}")


def test_results_go_into_a_folder_a_file_each(store, settings):
    write("in/x.txt", "Oui.")
    job = submitted("in")
    work_off(store, ENGINES, settings)
    Path("out").mkdir()
    assert run("results", job, "--export", "text", "-o", "out").exit_code == 0
    assert [path.name for path in Path("out").iterdir()] == ["000001-x.txt.txt"]
    assert Path("out/000001-x.txt.txt").read_text() == "OUI."


def test_results_that_cannot_be_written_say_so():
    job = submitted()
    result = run("results", job, "-o", "nowhere/out.jsonl")
    assert (result.exit_code, "can't be written" in result.stderr) == (1, True)


def test_a_file_that_is_there_stays_until_the_new_one_is_whole(monkeypatch):
    job = submitted()
    write("out.jsonl", "before")

    def breaking(*_):
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("service.commands.jobs.results", breaking)
    result = run("results", job, "-o", "out.jsonl")
    assert (result.exit_code, Path("out.jsonl").read_text()) == (1, "before")
    assert sorted(path.name for path in Path().glob("*out*")) == ["out.jsonl"]


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (89, "89 s"), (150, "2 min"), (7200, "2.0 h")]
)
def test_time_is_told_in_a_unit_that_suits(seconds, said):
    assert time_left(seconds) == said
