import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.checks.conditional import conditionals

ARTICLE = Path(__file__).parents[4] / "shared" / "samples" / "article.txt"


def verbs(text):
    return [(each.span.of(text), each.use) for each in conditionals(text)]


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Le ministre aurait été entendu par les juges.", "aurait été entendu"),
        ("Elle n’aurait rien dit.", "aurait rien dit"),
        ("Ils se seraient récemment rencontrés à Oman.", "seraient récemment rencontrés"),
        ("Le suspect, qui aurait agi seul, a été arrêté.", "aurait agi"),
        ("Aurait-il menti ?", "Aurait-il menti"),
        ("Le bilan s’élèverait à douze morts.", "élèverait"),
        ("Le groupe disposerait de caches.", "disposerait"),
        ("Il y aurait des victimes.", "aurait"),
        ("Il y aurait eu des victimes.", "aurait eu"),
        ("Il aurait un frère blessé.", "aurait"),
        ("La rançon aurait, selon la police, été versée.", "aurait, selon la police, été versée"),
    ],
)
def test_the_conditional_of_the_press_is_found_with_its_participle(text, verb):
    assert verbs(text) == [(verb, "report")]


@pytest.mark.parametrize(
    "verb",
    [
        *("prévoirait", "verrait", "courrait", "mourrait", "conclurait", "résoudrait", "vaincrait"),
        *("mettrait", "naîtrait", "suivrait", "ouvrirait", "offrirait", "enverrait", "jetterait"),
        *("paierait", "acquerrait", "tiendrait", "reviendrait", "rendrait", "craindrait", "irait"),
        *("recevrait", "romprait", "fuirait", "plairait", "connaitrait", "gérerait", "créerait"),
    ],
)
def test_a_verb_of_any_conjugation_is_known_in_the_conditional(verb):
    assert verbs(f"Elle {verb}.") == [(verb, "report")]


@pytest.mark.parametrize(
    "word",
    [
        *("montrait", "tirait", "désirait", "considérait", "déclarait", "entrait", "serrait"),
        *("courait", "mourait", "durait", "ouvrait", "offrait", "éclairait", "engendrait"),
        *("livrait", "titrait", "arbitrait", "inspirait", "demeurait", "illustrait", "gérait"),
        *("extrait", "portrait", "frais", "vrais", "engrais"),
    ],
)
def test_an_imperfect_or_a_noun_that_looks_alike_is_none(word):
    assert verbs(f"Elle {word}.") == []


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("S’il avait su, il aurait agi.", "hypothesis"),
        ("Au cas où il viendrait, prévenez-nous.", "hypothesis"),
        ("Le maire a annoncé qu’il viendrait.", "future in the past"),
        ("La loi pourrait passer.", "modal"),
        ("La loi aurait dû passer.", "modal"),
        ("Le roi souhaiterait abdiquer.", "wish"),
    ],
)
def test_other_conditionals_are_told_apart(text, use):
    assert [each.use for each in conditionals(text)] == [use]


def test_a_past_conditional_after_a_verb_of_saying_reports():
    text = "Le parquet a indiqué que l’homme aurait fui."
    assert verbs(text) == [("aurait fui", "report")]


def test_mais_is_no_imperfect():
    assert verbs("Nul ne sait si elle est là, mais elle serait partie.") == [
        ("serait partie", "report")
    ]


def test_spans_are_those_of_the_text_as_submitted():
    text = unicodedata.normalize("NFD", "😀 Elle aurait\u00a0été re\u00adlâchée.")
    ((verb, _),) = verbs(text)
    assert verb == unicodedata.normalize("NFD", "aurait\u00a0été re\u00adlâchée")


def test_a_language_without_data_has_none():
    assert conditionals("Il aurait fui.", "xx") == ()


@given(st.text(alphabet=st.sampled_from("aeirstué ',-?") | st.characters()))
def test_any_text_can_be_read(text):
    assert all(0 <= each.span.start < each.span.end <= len(text) for each in conditionals(text))


@pytest.mark.skipif(not ARTICLE.exists(), reason="the sample article is not here")
def test_the_sample_article_reports_eight_times():
    text = ARTICLE.read_text(encoding="utf-8")
    reports = [each for each in conditionals(text) if each.reports]
    assert [each.verb.of(text) for each in reports].count("aurait") == 7
    assert [each.span.of(text) for each in reports if each.verb.of(text) == "seraient"] == [
        "seraient rencontrés"
    ]
    assert len(reports) == 8
