import re

import numpy as np
import pytest

from alignment.span import Span
from service.engine.carry import carry, unknown_words
from service.engine.drafts import Draft
from service.engine.pieces import HOLE, Reading

TOKEN = re.compile(r"\w+|[^\w\s]")


def reading(text, unknown):
    """A text whose pieces are its words and signs; those in `unknown` are not known."""
    spans = tuple(Span(*match.span()) for match in TOKEN.finditer(text))
    tokens = tuple(span.of(text) for span in spans)
    return Reading(text, tokens, spans, tuple(token not in unknown for token in tokens))


def drafted(source, *chunks):
    """A draft of (chunk, the source piece that it rests on); None is a piece at rest on nothing."""
    rows = [[float(token == rests) for token in source.tokens] for _, rests in chunks]
    return Draft(tuple(chunk for chunk, _ in chunks), np.array(rows, dtype=np.float32))


def carried(source, *chunks):
    draft, issues = carry(source, drafted(source, *chunks))
    return draft, issues


def test_what_the_model_put_in_the_place_of_an_unknown_word_is_replaced_by_it():
    source = reading("Le maire de Łódź parle", {"Łódź"})
    draft, _ = carried(
        source,
        ("The", "Le"),
        (" mayor", "maire"),
        (" of", "de"),
        (" Lo", "Łódź"),
        ("o", "Łódź"),
        (" speaks", "parle"),
    )
    assert draft.text == "The mayor of Łódź speaks"


def test_a_place_that_the_model_left_open_is_filled_with_the_unknown_word():
    source = reading("Le maire de Łódź parle", {"Łódź"})
    draft, _ = carried(
        source, ("The mayor of", "de"), (" ", None), (HOLE, "Łódź"), (" speaks", "parle")
    )
    assert draft.chunks == ("The mayor of", " Łódź", " speaks")


def test_the_carried_word_rests_on_its_source_alone():
    source = reading("À Łódź", {"Łódź"})
    draft, _ = carried(source, ("In", "À"), (" ", "À"), (HOLE, "Łódź"))
    assert draft.rows.tolist() == [[1, 0], [0, 1]]


def test_a_word_that_the_model_passed_over_follows_the_counterpart_of_the_word_before_it():
    source = reading("Le chat 😀 dort ici", {"😀"})
    draft, _ = carried(
        source, ("Here", "ici"), (" the", "Le"), (" cat", "chat"), (" sleeps", "dort")
    )
    assert draft.text == "Here the cat 😀 sleeps"


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("👉 Il dort.", "👉 He sleeps."),
        ("Il dort 😀.", "He sleeps 😀."),
        ("Il dort. 😀", "He sleeps. 😀"),
    ],
)
def test_a_word_at_either_end_stays_at_that_end(text, translation):
    source = reading(text, {"👉", "😀"})
    draft, _ = carried(source, ("He", "Il"), (" sleeps", "dort"), (".", "."))
    assert draft.text == translation


def test_emojis_keep_their_order():
    source = reading("Il dort 😀🎉", {"😀", "🎉"})
    draft, _ = carried(source, ("He", "Il"), (" sleeps", "dort"))
    assert draft.text == "He sleeps 😀🎉"


def test_an_open_place_is_meant_for_an_unknown_word_that_nothing_else_renders():
    source = reading("Il coûte 5 €", {"€"})
    draft, _ = carried(source, ("It costs", "coûte"), (" 5", "5"), (" ", "5"), (HOLE, "5"))
    assert draft.text == "It costs 5 €"


def test_an_open_place_becomes_the_known_word_behind_it_when_nothing_else_renders_that():
    source = reading("Il dort", set())
    draft, issues = carried(source, ("He", "Il"), (" ", None), (HOLE, "dort"))
    assert draft.text == "He dort"
    assert [issue.type for issue in issues] == ["unknown_characters"]


def test_an_open_place_behind_which_nothing_is_left_is_closed():
    source = reading("Il dort", set())
    draft, issues = carried(
        source, ("He", "Il"), (" ", None), (HOLE, "dort"), (" sleeps", "dort"), (".", None)
    )
    assert draft.text == "He sleeps."
    assert issues[0].target_spans == ()


def test_an_open_place_that_is_closed_leaves_the_words_around_it_apart():
    source = reading("Oui et 30 €", {"€"})
    draft, _ = carried(
        source,
        ("Yes", "Oui"),
        (" and", "et"),
        (" ", None),
        (HOLE, "30"),
        ("30", "30"),
        (" ", None),
        (HOLE, "€"),
    )
    assert draft.text == "Yes and 30 €"


def test_what_was_carried_is_flagged_on_both_sides():
    source = reading("Le maire de Łódź parle", {"Łódź"})
    _, (issue,) = carried(source, ("It is", "maire"), (" Lodz", "Łódź"))
    assert (issue.type, issue.severity) == ("unknown_characters", "minor")
    assert "Łódź" in issue.explanation
    assert (issue.source_spans, issue.target_spans) == (((12, 16),), ((6, 10),))


def test_a_punctuation_mark_that_the_model_does_not_know_is_flagged_and_left_out():
    source = reading("Il dort†", {"†"})
    draft, (issue,) = carried(source, ("He sleeps", "dort"))
    assert draft.text == "He sleeps"
    assert (issue.source_spans, issue.target_spans) == (((7, 8),), ())
    assert "left out: †" in issue.explanation


def test_half_a_surrogate_pair_is_named_by_its_number():
    source = reading("Il dort\ud800", {"\ud800"})
    _, (issue,) = carried(source, ("He sleeps", "dort"))
    assert "U+D800" in issue.explanation


def test_what_the_model_knows_is_left_alone():
    source = reading("Il dort", set())
    draft = drafted(source, ("He", "Il"), (" sleeps", "dort"))
    assert carry(source, draft) == (draft, ())


def test_a_word_is_unknown_as_soon_as_a_piece_of_it_is():
    text = "de Łódź"
    spans = (Span(0, 2), Span(3, 5), Span(5, 7))
    assert unknown_words(Reading(text, ("de", "Łó", "dź"), spans, (True, False, True))) == {1}
