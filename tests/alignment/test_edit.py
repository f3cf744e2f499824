import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.anchoring import quote
from alignment.edit import Edit, carried, carried_quote, replacing
from alignment.span import Span

TEXT = "One two three. Four five six. Seven."
OLD = Span(15, 29)


def at(text, part):
    start = text.index(part)
    return Span(start, start + len(part))


def test_an_edit_has_both_texts_and_where_they_differ():
    assert replacing("a b c", Span(2, 3), "xyz") == Edit("a b c", "a xyz c", Span(2, 3), Span(2, 5))
    assert replacing("a b c", Span(2, 3), "").shift == -1


@pytest.mark.parametrize("part", ["One", "three.", "Seven", " Sev", "five", "six", "six. Seven."])
def test_what_an_edit_keeps_is_found_where_it_is(part):
    edit = replacing(TEXT, OLD, "There are five and six.")
    assert carried(edit, at(TEXT, part)) == at(edit.after, part)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("five", "Four 5 six."),
        ("five", "five five"),
        ("five", "fivefold six"),
        ("three. Four", "For five six."),
    ],
)
def test_what_is_gone_or_not_certain_is_not_found(part, words):
    edit = replacing(TEXT, OLD, words)
    assert carried(edit, at(TEXT, part)) is None
    assert carried_quote(edit, quote(TEXT, at(TEXT, part))) is None


def test_words_put_in_between_part_what_stood_around_them():
    edit = replacing(TEXT, Span(14, 14), " And so on.")
    assert carried(edit, at(TEXT, "three. Four")) is None
    assert carried(edit, at(TEXT, "three.")) == at(TEXT, "three.")


def test_a_quote_elsewhere_is_no_longer_alone_where_the_edit_says_the_same():
    old = quote(TEXT, at(TEXT, "Seven"))
    assert old.alone
    edit = replacing(TEXT, OLD, "Seven six.")
    assert carried_quote(edit, old) == quote(edit.after, Span(26, 31))
    assert not carried_quote(edit, old).alone


def test_a_quote_far_from_an_edit_keeps_its_context():
    text = "Here is a word. " + "And more of them. " * 9 + "The end."
    edit = replacing(text, at(text, "The end."), "No end.")
    old = quote(text, at(text, "word"))
    assert carried_quote(edit, old) == old == quote(edit.after, old.span)
    edit = replacing(text, at(text, "Here"), "Here, again,")
    old = quote(text, at(text, "end"))
    assert carried_quote(edit, old) == quote(edit.after, at(edit.after, "end"))


PARTS = st.text(st.sampled_from("ab é😀."), min_size=1, max_size=40)


@given(before=PARTS, old=PARTS, after=PARTS, words=PARTS, data=st.data())
def test_whatever_is_carried_is_quoted_as_if_it_were_new(before, old, after, words, data):
    text = before + old + after
    edit = replacing(text, Span(len(before), len(before) + len(old)), words)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = carried_quote(edit, quote(text, span))
    if found is not None:
        assert found == quote(edit.after, found.span)
        assert found.exact == span.of(text)
