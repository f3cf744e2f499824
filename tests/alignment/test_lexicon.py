import numpy as np
import pytest

from alignment.document import Languages
from alignment.lexicon import BOTH_UNKNOWN, SAME, UNSEEN, lexicon, read_lexicon, write_lexicon
from tests.alignment.lexicons import small_lexicon


def test_a_pair_has_its_probability_in_both_directions():
    forward, backward = small_lexicon().emissions(["le", "chat"], ["the", "cat", "sleeps"])
    assert forward.T.tolist() == [
        pytest.approx([0.8, UNSEEN, UNSEEN]),
        pytest.approx([UNSEEN, 0.9, UNSEEN]),
    ]
    assert backward[0].tolist() == pytest.approx([0.6, UNSEEN])


@pytest.mark.parametrize(
    ("source", "target", "least", "most"),
    [
        ("kozak", "kozak", SAME, SAME),
        ("2023", "2023", SAME, SAME),
        ("😀", "😀", SAME, SAME),
        ("gouvernementale", "governmental", BOTH_UNKNOWN, BOTH_UNKNOWN),
        ("democratique", "democratic", 0.005, 0.02),
        ("dort", "cat", UNSEEN, UNSEEN),
        ("of", "of", SAME, SAME),
    ],
)
def test_words_that_the_lexicon_does_not_pair_are_compared_by_their_spelling(
    source, target, least, most
):
    forward, backward = small_lexicon().emissions([source], [target])
    assert least * 0.999 <= float(forward[0, 0]) <= most * 1.001
    assert forward.tolist() == backward.tolist()


def test_short_words_that_both_languages_know_are_no_translations_for_looking_alike():
    pairs = {("on", "we"): (0.5, 0.5), ("sur", "on"): (0.5, 0.5)}
    forward, _ = small_lexicon(pairs).emissions(["on"], ["on"])
    assert forward.tolist() == [[pytest.approx(UNSEEN)]]


def test_what_comes_from_nothing_is_known_by_word():
    target, source = small_lexicon().nothing(["le", "xyz"], ["the"])
    assert (target.tolist(), source.tolist()) == (
        [pytest.approx(0.001)],
        pytest.approx([0.001, 1e-5]),
    )


def test_a_lexicon_knows_its_pairs():
    found = small_lexicon()
    asked = [("chat", "cat"), ("chat", "the"), ("xyz", "cat"), ("chat", "xyz")]
    assert [found.knows(*pair) for pair in asked] == [True, False, False, False]


def test_a_written_lexicon_is_read_back_to_one_part_in_fourteen(tmp_path):
    made = small_lexicon()
    write_lexicon(made, tmp_path / "fr-en.npz")
    found = read_lexicon(tmp_path / "fr-en.npz")
    assert (found.languages, found.sources, found.targets) == (
        made.languages,
        made.sources,
        made.targets,
    )
    assert found.pairs.tolist() == made.pairs.tolist()
    assert found.forward == pytest.approx(made.forward, rel=0.04)
    assert found.backward == pytest.approx(made.backward, rel=0.04)
    assert (found.forward_moves, found.backward_moves) == (made.forward_moves, made.backward_moves)


def test_the_same_lexicon_is_the_same_file(tmp_path):
    write_lexicon(small_lexicon(), tmp_path / "one.npz")
    write_lexicon(small_lexicon(), tmp_path / "other.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "other.npz").read_bytes()


def test_a_pair_without_a_lexicon_has_none():
    assert lexicon(Languages("fr", "br")) is None


@pytest.mark.parametrize(
    ("source", "target"),
    [("chat", "cat"), ("gouvernement", "government"), ("hier", "yesterday"), ("le", "the")],
)
def test_the_shipped_lexicon_knows_everyday_words(source, target):
    shipped = lexicon(Languages("fr", "en"))
    assert shipped.knows(source, target)
    assert np.all(np.diff(shipped.pairs) > 0)
