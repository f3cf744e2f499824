"""What earlier revisions of the store held, as it was written then; never to be changed."""

from __future__ import annotations

from alignment.document import FRENCH_ENGLISH, AlignedDocument, Issue, Link, NullMass, Segment
from alignment.span import Span
from tests.store.articles import MODEL

ID = "abcdefghijklmnopqrstuvwxyz"
SOURCE_SHA256 = "c0ff2bf1e9ba29a70cdab998bfcbb0052a7dfc0b8433a34d5ba6bd3a17986444"
TARGET_SHA256 = "e548acddb9ca156388a260dadd43d947fcd137ca24b5ae6355d0c2d94b15f263"
IDENTITY = "32f50ca535816c4b0f0ccc36044b2e610d94effa264d93ea89847fc6f56fe4b1"

DOCUMENT = AlignedDocument(
    "Un thé.",
    "A tea.",
    (
        Segment(
            "s1",
            0,
            Span(0, 7),
            Span(0, 6),
            (Link(Span(0, 2), Span(0, 1), 0.75), Link(Span(3, 6), Span(2, 5), 0.9)),
            (NullMass(Span(0, 1), 0.25),),
            -0.5,
            (Issue("negation_lost", "major", "“non”", (Span(0, 2),), ()),),
        ),
    ),
    FRENCH_ENGLISH,
    MODEL,
    ("negation_lost",),
)

MODELS = f"""
    INSERT INTO models (key, name, revision, sha256, engine, decoding)
    VALUES (7, 'shout', '1', '{"0" * 64}', 'fake', 'beam:1')
"""
DOCUMENTS = f"""
    INSERT INTO documents (key, id, identity, title, source, target, source_sha256,
        target_sha256, source_length, target_length, source_language, target_language, model,
        options, checked, media_type, filename, segments, created, updated)
    VALUES (3, '{ID}', '{IDENTITY}', 'Été', 'Un thé.', 'A tea.', '{SOURCE_SHA256}',
        '{TARGET_SHA256}', 7, 6, 'fr', 'en', 7,
        '{{"quality"\\:"best"}}', '["negation_lost"]', 'text/html', 'thé.html', 1,
        '2026-11-23 10:00:00.000000', '2026-11-23 10:00:00.000000')
"""
SEGMENTS = """
    INSERT INTO segments (document, number, name, paragraph, source_start, source_end,
        target_start, target_end, score, state, details)
    VALUES (3, 0, 's1', 0, 0, 7, 0, 6, -0.5, 'draft',
        '[[[0,2,0,1,0.75],[3,6,2,5,0.9]],[[0,1,0.25]],'
        || '[["negation_lost","major","\\u201cnon\\u201d",[[0,2]],[]]]]')
"""
ORIGINALS = {
    "sqlite": "INSERT INTO originals (document, content) VALUES (3, x'746561')",
    "postgresql": "INSERT INTO originals (document, content) VALUES (3, '\\x746561')",
}
WORDS = {
    "sqlite": "INSERT INTO document_words (rowid, words) VALUES (3, 'a ete tea the un')",
    "postgresql": (
        "INSERT INTO document_words (document, words)"
        " VALUES (3, CAST('a ete tea the un' AS tsvector))"
    ),
}


CLAIM = "zyxwvutsrqponmlkjihgfedcba"
CLAIMS = f"""
    INSERT INTO claims (key, id, document, kind, side, start, "end", source_quotes,
        target_quotes, coverage, confidence, source_sha256, target_sha256, verdict, status,
        created, "by")
    VALUES (5, '{CLAIM}', 3, 'marked', 'target', 2, 5, '[[3,6,"thé","Un ",".",true]]',
        '[[2,5,"tea","A ",".",true]]', 1.0, 0.9, '{SOURCE_SHA256}', '{TARGET_SHA256}', 'faithful',
        'active', '2026-11-23 10:00:00.000000', 'Zoé')
"""
HISTORY = f"""
    INSERT INTO history (key, document, subject, subject_id, at, "by", action, before, after)
    VALUES (9, 3, 'claim', '{CLAIM}', '2026-11-23 10:00:00.000000', 'Zoé', 'marked', NULL,
        '{{"verdict"\\:"faithful"}}')
"""

JOB = "jjjjjjjjjjjjjjjjjjjjjjjjjj"
JOBS = f"""
    INSERT INTO jobs (key, id, title, "by", state, priority, source_language, target_language,
        quality, ignored, chunk_characters, webhook, secret, request, fingerprint, created,
        touched, started, finished, served, since, before)
    VALUES (2, '{JOB}', 'Nuit', 'Zoé', 'running', 1, 'fr', 'en', 'best', '["negation_lost"]',
        20000, '', '', 'nuit-7', 'f00d', '2026-11-23 10:00:00.000000',
        '2026-11-23 10:00:00.000000', '2026-11-23 10:00:00.000000', NULL,
        '2026-11-23 10:00:00.000000', '2026-11-23 10:00:00.000000', 0)
"""
CHUNKS = """
    INSERT INTO job_chunks (key, job, state, size, articles, characters, lost, claims, owner,
        delivery, until, announced)
    VALUES (4, 2, 'queued', 0, 1, 9, 0, 0, '', '', NULL, NULL)
"""
ARTICLES = """
    INSERT INTO job_articles (key, job, number, chunk, document, name, title, state, reason,
        characters, sentences, tokens, attempts)
    VALUES (6, 2, 1, NULL, 3, 'un.txt', '', 'done', '', 7, 1, 4, 1),
        (7, 2, 2, 4, NULL, 'deux.txt', '', 'queued', '', 9, 0, 0, 0)
"""
TEXTS = """
    INSERT INTO job_texts (article, text, paragraphs, media_type, filename, content)
    VALUES (7, 'Deux thés', '[[0,9]]', 'text/plain', '', NULL)
"""
EVENTS = """
    INSERT INTO job_events (key, job, at, kind, data)
    VALUES (8, 2, '2026-11-23 10:00:00.000000', 'created', '{"articles"\\:2}')
"""


def statements(revision: str, dialect: str) -> list[str]:
    """The rows of a store at this revision; those of a later one hold those of the earlier."""
    added = {
        "0001": [MODELS, DOCUMENTS, SEGMENTS, ORIGINALS[dialect], WORDS[dialect]],
        "0002": [CLAIMS, HISTORY],
        "0003": [JOBS, CHUNKS, ARTICLES, TEXTS, EVENTS],
    }
    return [each for number, rows in added.items() if number <= revision for each in rows]
