"""A chunk from its articles to their documents, and what happens when it is broken off."""

from contextlib import closing

import pytest
from sqlalchemy import event

from alignment.anchoring import text_sha256
from alignment.span import Span
from service.config import Settings
from service.errors import ModelDamaged, Overloaded, UnsupportedPair
from service.jobs.running import PATIENCE, run_chunk
from service.keeping import keep_translation
from service.store.documents import read_document, read_original
from service.store.errors import StoreBusy
from service.store.history import read_history
from service.store.jobs.chunks import claim_chunk, waiting
from service.store.jobs.control import cancel_job, pause_job, resume_job, retry_failed
from service.store.jobs.intake import add_articles, begin_job, end_intake
from service.store.jobs.reading import list_items, read_job
from service.store.jobs.records import JobOptions, NewArticle
from service.store.listing import list_documents
from service.store.opening import open_store
from service.store.records import Origin
from service.translate import translate_article
from tests.fakes import FakeEngines
from tests.jobs.engines import Counting

SETTINGS = Settings()
TEXTS = (
    "Le thé est froid. Il pleut.",
    "Il pleut. Rien de neuf à Brest.\n\nLa mer est calme 🎉, dit-il.",
    "Rien de neuf à Brest. Il pleut.",
)


@pytest.fixture
def store(tmp_path):
    with closing(open_store(tmp_path / "visavis.db")) as store:
        yield store


def received(store, *texts, chunk_characters=20_000, options=None, **asked):
    job_id = begin_job(store, options or JobOptions(), **asked)
    new = [NewArticle(f"{n}.txt", text) for n, text in enumerate(texts, 1)]
    add_articles(store, job_id, new, chunk_characters)
    return end_intake(store, job_id)


def work_off(store, engine, settings=SETTINGS):
    while chunk := claim_chunk(store, "me"):
        run_chunk(store, FakeEngines(engine), settings, chunk)


def states(store, job):
    return [item.state for item in list_items(store, job.id)]


def documents(store, job):
    found = list_items(store, job.id)
    return [read_document(store, item.document).document for item in found]


def test_a_job_makes_the_documents_that_its_articles_would_make_by_themselves(store):
    job = received(store, *TEXTS)
    work_off(store, Counting())
    assert documents(store, job) == [translate_article(text, Counting()) for text in TEXTS]
    assert read_job(store, job.id).state == "done"


def test_a_job_with_its_sentences_remembered_makes_the_same_documents(store):
    first, second = Counting(), Counting()
    received(store, " ".join(TEXTS))
    work_off(store, first)
    job = received(store, *TEXTS)
    work_off(store, second)
    assert documents(store, job) == [translate_article(text, Counting()) for text in TEXTS]
    assert second.asked == []


def test_equal_sentences_go_to_the_engine_once(store):
    engine = Counting()
    received(store, *TEXTS)
    work_off(store, engine)
    sentences = {
        segment.source.of(text)
        for text in TEXTS
        for segment in translate_article(text, Counting()).segments
    }
    assert sorted(engine.asked) == sorted(sentences)


def test_the_sentences_of_a_chunk_go_to_the_engine_together_the_longest_first(store):
    engine = Counting()
    received(store, *TEXTS)
    work_off(store, engine)
    (call,) = engine.calls
    assert call == sorted(call, key=len, reverse=True)


def test_a_slice_is_a_few_batches_for_each_thread(store):
    engine = Counting()
    received(store, "\n".join(f"Phrase numéro {n}." for n in range(200)))
    work_off(store, engine, Settings(batch_tokens=50, threads=2, remembered=0))
    # Two threads, two batches of 50 pieces each, of four characters a piece.
    assert {sum(map(len, call)) <= 800 for call in engine.calls} == {True}
    assert len(engine.calls) == 5


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        (JobOptions(), 0),
        (JobOptions(quality="fast"), 1),
        (JobOptions(ignored=("negation_lost",)), 1),
    ],
)
def test_a_sentence_is_remembered_for_the_same_model_and_options(store, options, asked):
    received(store, "Le thé est froid.")
    work_off(store, Counting())
    engine = Counting()
    received(store, "Le thé est froid.\n", options=options)
    work_off(store, engine)
    assert len(engine.asked) == asked


def test_nothing_is_remembered_where_the_setting_says_so(store):
    engine = Counting()
    for text in ("Le thé est froid.", "Le thé est froid.\n"):
        received(store, text)
        work_off(store, engine, Settings(remembered=0))
    assert len(engine.asked) == 2


def test_an_article_that_is_kept_already_is_not_translated_again(store):
    kept = keep_translation(store, TEXTS[0], Counting())
    engine = Counting()
    job = received(store, TEXTS[0], TEXTS[0])
    work_off(store, engine)
    assert engine.asked == []
    assert {item.document for item in list_items(store, job.id)} == {kept.id}
    counts = read_job(store, job.id).counts
    assert (counts.sentences, counts.tokens) == (4, 0)


def test_sentences_and_tokens_are_counted(store):
    job = received(store, TEXTS[0])
    work_off(store, Counting())
    counts = read_job(store, job.id).counts
    assert (counts.sentences, counts.tokens, counts.characters_done) == (2, 6, len(TEXTS[0]))


def test_one_articles_error_fails_that_one_alone_and_says_nothing_of_its_text(store):
    job = received(store, TEXTS[0], "Il pleut. Poison et secrets.", TEXTS[1])
    work_off(store, Counting())
    items = list_items(store, job.id)
    assert [item.state for item in items] == ["done", "failed", "done"]
    assert items[1].reason == "RuntimeError in the engine"


def test_paragraphs_outside_the_text_fail_their_article_alone(store):
    job_id = begin_job(store, JobOptions())
    bad = NewArticle("a", "Un thé.", paragraphs=(Span(3, 99),))
    add_articles(store, job_id, [bad, NewArticle("b", "Il pleut.")], 1000)
    job = end_intake(store, job_id)
    work_off(store, Counting())
    assert states(store, job)[1] == "done"
    assert read_job(store, job_id).state == "done"


def test_what_failed_is_translated_when_it_is_tried_again(store):
    job = received(store, "Poison.")
    work_off(store, Counting())
    assert states(store, job) == ["failed"]

    class Cured(Counting):
        def translate(self, sentences, *rest):
            return super().translate([each.lower() for each in sentences], *rest)

    retry_failed(store, job.id)
    work_off(store, Cured())
    assert states(store, job) == ["done"]


def test_an_article_is_kept_with_its_title_or_name_its_origin_and_its_sender(store):
    job_id = begin_job(store, JobOptions(), by="Zoé")
    origin = Origin("text/html", "été.html", b"<p>Un.")
    add_articles(store, job_id, [NewArticle("été.html", "Un.", origin=origin)], 1000)
    add_articles(store, job_id, [NewArticle("deux", "Deux.", "Le deuxième")], 1000)
    job = end_intake(store, job_id)
    work_off(store, Counting())
    first, second = list_items(store, job.id)
    kept = read_document(store, first.document)
    assert (kept.title, kept.origin.filename) == ("été.html", "été.html")
    assert read_original(store, first.document) == b"<p>Un."
    assert read_document(store, second.document).title == "Le deuxième"
    assert read_history(store, "document", first.document)[0].by == "Zoé"


@pytest.mark.parametrize("ask", [cancel_job, pause_job])
def test_work_stops_between_batches_when_its_job_does(store, monkeypatch, ask):
    monkeypatch.setattr("service.jobs.running.RENEWAL", 0)
    job = received(store, "\n".join(f"Phrase numéro {n}." for n in range(200)))
    engine = Counting(meanwhile=lambda: len(engine.calls) == 2 and ask(store, job.id))
    work_off(store, engine, Settings(batch_tokens=50, threads=1))
    assert len(engine.calls) == 2
    assert list_documents(store).documents == ()


def test_a_paused_job_remembers_the_sentences_that_it_has(store, monkeypatch):
    monkeypatch.setattr("service.jobs.running.RENEWAL", 0)
    job = received(store, "\n".join(f"Phrase numéro {n}." for n in range(200)))
    engine = Counting(meanwhile=lambda: len(engine.calls) == 2 and pause_job(store, job.id))
    settings = Settings(batch_tokens=50, threads=1)
    work_off(store, engine, settings)
    resume_job(store, job.id)
    work_off(store, engine, settings)
    assert read_job(store, job.id).state == "done"
    assert len(engine.asked) == len(set(engine.asked)) == 200


def test_work_that_has_to_stop_is_queued_again_in_good_order(store):
    job = received(store, *TEXTS)
    engine = Counting()
    chunk = claim_chunk(store, "me")
    run_chunk(store, FakeEngines(engine), SETTINGS, chunk, lambda: bool(engine.calls))
    assert len(engine.calls) == 1
    assert states(store, job) == ["queued"] * 3
    assert waiting(store) == 1


class Failing(FakeEngines):
    def __init__(self, error):
        super().__init__()
        self.error = error

    def engine(self, languages):
        raise self.error


@pytest.mark.parametrize(
    "error", [ModelDamaged("model.bin is missing"), UnsupportedPair(JobOptions().languages, ())]
)
def test_a_model_that_cannot_be_loaded_fails_articles_only_after_a_while(store, error):
    job = received(store, *TEXTS)
    for _ in range(PATIENCE - 1):
        with pytest.raises(type(error)):
            run_chunk(store, Failing(error), SETTINGS, claim_chunk(store, "me"))
        assert states(store, job) == ["queued"] * 3
    run_chunk(store, Failing(error), SETTINGS, claim_chunk(store, "me"))
    (reason,) = {item.reason for item in list_items(store, job.id)}
    assert reason == f"{type(error).__name__}: {error}"
    assert read_job(store, job.id).state == "done"


class Busy(Counting):
    def translate(self, sentences, *rest):
        raise Overloaded("come back later")


def test_an_engine_that_is_overloaded_is_no_articles_fault(store):
    job = received(store, *TEXTS)
    with pytest.raises(Overloaded):
        run_chunk(store, FakeEngines(Busy()), SETTINGS, claim_chunk(store, "me"))
    assert states(store, job) == ["queued"] * 3


def test_a_store_that_is_busy_is_no_articles_fault(store, monkeypatch):
    def busy(*_, **__):
        raise StoreBusy("the store: others have been writing for too long")

    job = received(store, *TEXTS)
    monkeypatch.setattr("service.jobs.running.save_translation", busy)
    with pytest.raises(StoreBusy):
        run_chunk(store, FakeEngines(Counting()), SETTINGS, claim_chunk(store, "me"))
    assert states(store, job) == ["queued"] * 3
    monkeypatch.undo()
    work_off(store, Counting())
    assert states(store, job) == ["done"] * 3


def test_what_nobody_foresaw_ends_in_failed_articles_not_in_a_circle(store, monkeypatch):
    def bug(*_, **__):
        raise ZeroDivisionError

    job = received(store, *TEXTS)
    monkeypatch.setattr("service.jobs.running.save_translation", bug)
    for _ in range(2 + 3 * len(TEXTS)):
        with pytest.raises(ZeroDivisionError):
            run_chunk(store, FakeEngines(Counting()), SETTINGS, claim_chunk(store, "me"))
    assert claim_chunk(store, "me") is None
    assert states(store, job) == ["failed"] * 3


def test_no_transaction_is_open_while_the_engine_works(store):
    opened = []

    @event.listens_for(store.engine, "begin")
    def begin(connection):
        opened.append(connection)

    @event.listens_for(store.engine, "commit")
    def commit(connection):
        opened.remove(connection)

    @event.listens_for(store.engine, "rollback")
    def rollback(connection):
        opened.remove(connection)

    seen = []
    received(store, *TEXTS)
    work_off(store, Counting(meanwhile=lambda: seen.append(len(opened))))
    assert seen == [0]


def test_an_empty_article_is_done(store):
    job = received(store, "", " \n ")
    work_off(store, Counting())
    assert [document.source for document in documents(store, job)] == ["", " \n "]
    assert (
        text_sha256("") == read_document(store, list_items(store, job.id)[0].document).source_sha256
    )
