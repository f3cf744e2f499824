import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.anchoring import Anchoring, Quote, anchor, quote, text_sha256
from alignment.errors import SpanOutOfRange
from alignment.span import Span

ARTICLE = "Hier, l’équipe Alpha a gagné 3 médailles. Personne n’a protesté. 🎉 Demain, elle part."
ORPHANED = Anchoring("orphaned")


def marked(text, words):
    start = text.index(words)
    return quote(text, Span(start, start + len(words)))


def anchored(words, changed, text=ARTICLE):
    return anchor(marked(text, words), text_sha256(text), changed)


def standing(changed, *words):
    """The spans of these words, each looked for after the one before."""
    spans, end = [], 0
    for each in words:
        start = changed.index(each, end)
        end = start + len(each)
        spans.append(Span(start, end))
    return tuple(spans)


def test_a_quote_has_its_context_on_both_sides():
    text = "a" * 40 + " mot " + "b" * 40
    assert quote(text, Span(41, 44)) == Quote(
        Span(41, 44), "mot", "a" * 31 + " ", " " + "b" * 31, alone=True
    )


def test_the_context_is_shorter_at_the_ends_of_the_text():
    assert quote("mot", Span(0, 3)) == Quote(Span(0, 3), "mot", "", "", alone=True)


def test_a_quote_that_stands_twice_is_not_alone():
    assert not quote("mot et mot", Span(0, 3)).alone


@pytest.mark.parametrize("span", [Span(0, 0), Span(2, 1), Span(-1, 2), Span(0, 4)])
def test_a_quote_lies_in_its_text_and_is_not_empty(span):
    with pytest.raises(SpanOutOfRange):
        quote("mot", span)


def test_in_the_same_text_a_quote_stands_where_it_stood():
    assert anchored("gagné", ARTICLE) == Anchoring("exact", standing(ARTICLE, "gagné"))


def test_in_the_same_text_one_of_several_stands_where_it_stood():
    text = "oui oui oui"
    found = anchor(quote(text, Span(4, 7)), text_sha256(text), text)
    assert found == Anchoring("exact", (Span(4, 7),))


@pytest.mark.parametrize(
    "changed",
    [
        "Mise à jour. " + ARTICLE,
        ARTICLE + " Fin.",
        ARTICLE.replace("Hier", "🎉🎉 Avant-hier"),
        ARTICLE.replace("gagné", "remporté"),
        "Voici la phrase\u00a0: Personne n’a protesté.",
    ],
)
def test_what_stood_only_once_and_stands_only_once_has_moved(changed):
    found = anchored("Personne n’a protesté.", changed)
    assert found == Anchoring("moved", standing(changed, "Personne n’a protesté."))


def test_of_several_the_one_with_the_same_context_is_meant():
    text = "D’abord il a dit oui devant la foule entière, puis il a dit oui à la presse étrangère."
    second = text.rindex("oui")
    changed = "Ce matin-là. " + text
    found = anchor(quote(text, Span(second, second + 3)), text_sha256(text), changed)
    assert found == Anchoring("moved", (Span(second + 13, second + 16),))


@pytest.mark.parametrize("times", [2, 3])
def test_several_that_are_as_good_are_all_given(times):
    changed = "Il part. " * times
    found = anchor(marked("Voyez. Il part. Voilà.", "Il part."), text_sha256("x"), changed)
    assert found == Anchoring("ambiguous", standing(changed, *["Il part."] * times))


def test_a_repeated_paragraph_leaves_open_which_is_meant():
    paragraph = "Le maire a refusé de répondre aux questions sur le budget de la ville de demain.\n"
    changed = paragraph * 2
    found = anchored("questions", changed, paragraph)
    assert found == Anchoring("ambiguous", standing(changed, "questions", "questions"))


def test_the_last_of_two_that_were_alike_is_not_taken_for_the_other():
    text = "Paris a dit non à tout le monde ce matin-là. Plus tard, Berlin a dit non à son tour."
    changed = text.replace("Paris a dit non", "Paris a dit oui")
    found = anchored("non", changed, text)
    assert found == Anchoring("ambiguous", standing(changed, "non"))


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ("l’équipe Alpha", ARTICLE.replace("Alpha", "Bêta")),
        ("Alpha", ARTICLE.replace("Alpha", "Alphabet")),
        ("3 médailles", ARTICLE.replace("3 médailles", "13 médailles")),
        ("3 médailles", ARTICLE.replace("3 médailles", "2,3 médailles")),
        ("gagné", ARTICLE.replace("gagné", "gagne\u0301")),
        ("gagné", ARTICLE.replace("gagné", "gagnée")),
        ("Personne", ARTICLE.replace("Personne", "personne")),
        ("Hier, l’équipe", ARTICLE.replace("Hier, ", "Hier,\u00a0")),
        ("🎉", ARTICLE.replace("🎉", "🎊")),
        ("Demain", ""),
    ],
)
def test_what_only_looks_alike_is_not_taken_for_the_quote(words, changed):
    assert anchored(words, changed) == ORPHANED


def test_a_quote_that_cut_a_word_may_do_so_again():
    changed = "Note. " + ARTICLE
    assert anchored("quipe Al", changed) == Anchoring("moved", standing(changed, "quipe Al"))


def test_a_text_that_says_nothing_else_is_not_searched_for_ever():
    text = "ha " * 60_000
    found = anchor(quote("ha non", Span(0, 2)), text_sha256("ha non"), text)
    assert found.outcome == "ambiguous"


def test_the_hash_is_of_the_text_in_utf8():
    assert text_sha256("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


def test_half_a_surrogate_pair_has_a_hash_too():
    assert text_sha256("\ud83d") != text_sha256("?")


TEXTS = st.text("ab é’.1,\n🎉\u0301", min_size=1, max_size=60)


@given(TEXTS, TEXTS, st.data())
def test_an_answer_is_never_other_than_the_words_themselves(text, changed, data):
    start = data.draw(st.integers(0, len(text) - 1))
    asked = quote(text, Span(start, data.draw(st.integers(start + 1, len(text)))))
    found = anchor(asked, text_sha256(text), changed)
    assert {span.of(changed) for span in found.spans} <= {asked.exact}
    assert (len(found.spans) == 1) >= (found.outcome in ("exact", "moved"))
    assert (found.spans == ()) == (found.outcome == "orphaned")


@given(TEXTS, TEXTS, st.data())
def test_of_words_that_stood_more_than_once_only_their_context_tells(text, changed, data):
    start = data.draw(st.integers(0, len(text) - 1))
    asked = quote(text, Span(start, data.draw(st.integers(start + 1, len(text)))))
    found = anchor(asked, text_sha256(text), changed)
    contexts = {(each.prefix, each.suffix) for each in (quote(changed, s) for s in found.spans)}
    assert (
        asked.alone
        or found.outcome in ("ambiguous", "orphaned")
        or contexts == {(asked.prefix, asked.suffix)}
    )
