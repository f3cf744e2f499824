import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.lexemes import lexemes, sentence_lexemes


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("Été", "fr", ("ete",)),
        ("e\u0301te\u0301", "fr", ("ete",)),
        ("cœur", "fr", ("coeur",)),
        ("L’", "fr", ("le",)),
        ("qu'", "fr", ("que",)),
        ("aujourd’hui", "fr", ("aujourd'", "hui")),
        ("du", "fr", ("de", "le")),
        ("Aux", "fr", ("a", "les")),
        ("-t-il", "fr", ("il",)),
        ("-elle", "fr", ("elle",)),
        ("porte-parole", "fr", ("porte", "parole")),
        ("anti\u00adconsti\u200btution", "fr", ("anticonstitution",)),
        ("du", "de", ("du",)),
        ("don’t", "en", ("do", "not")),
        ("Can't", "en", ("can", "not")),
        ("'s", "en", ("'s",)),
        ("we’ll", "en", ("we", "will")),
        ("1 234,5", "fr", ("12345",)),
        ("1,234.5", "en", ("12345",)),
        ("«", "fr", ('"',)),
        ("''", "en", ('"',)),
        ("-LRB-", "en", ("(",)),
        ("--", "en", ("-",)),
        ("-", "fr", ("-",)),
        ("😀", "fr", ("😀",)),
        ("\u200b", "fr", ("\u200b",)),
        ("", "fr", ("",)),
    ],
)
def test_words_that_are_one_to_a_lexicon_are_looked_up_alike(word, language, expected):
    assert lexemes(word, language) == expected


def test_running_text_keeps_its_punctuation():
    found = list(sentence_lexemes("L’été du maire : « oui »", "fr"))
    assert found == ["le", "ete", "de", "le", "maire", ":", '"', "oui", '"']


@given(st.text(), st.sampled_from(["fr", "en", "de"]))
def test_every_word_has_something_to_look_up(word, language):
    assert len(lexemes(word, language)) >= 1
