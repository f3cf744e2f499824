import pytest
from click.testing import CliRunner

from alignment.document import Languages
from alignment.lexicon import read_lexicon
from tests.training.phrases import phrases, write_bitext
from training.bitext import Pair
from training.errors import NothingToLearn
from training.lexicon import learn, lexeme_pairs, main, pruned, read_corpus


@pytest.fixture(scope="module")
def bitext():
    return [Pair(source, target, "phrases") for source, target in phrases()]


@pytest.fixture(scope="module")
def learnt(bitext):
    """A lexicon of the small grammar."""
    corpus = read_corpus(lexeme_pairs(bitext, 30))
    return pruned(corpus, *learn(corpus), size=1000)


@pytest.mark.parametrize(
    ("source", "target"),
    [("pecheur", "fisherman"), ("voisine", "neighbour"), ("ouvre", "opens"), ("vend", "sells")],
)
def test_words_that_translate_each_other_are_learnt(learnt, source, target):
    forward, backward = learnt.emissions([source], [target])
    assert float(forward[0, 0]) > 0.5
    assert float(backward[0, 0]) > 0.5


def test_words_that_only_stand_together_are_no_pair(learnt):
    assert not learnt.knows("pecheur", "opens")
    assert not learnt.knows("voisine", "fisherman")


def test_a_lexicon_keeps_to_its_size(bitext):
    corpus = read_corpus(lexeme_pairs(bitext, 30))
    assert len(pruned(corpus, *learn(corpus, 2, 1), size=5).pairs) == 5


def test_long_pairs_are_left_out():
    pairs = [
        Pair("un deux", "one two", "x"),
        Pair("un deux trois", "one two", "x"),
        Pair("", "", ""),
    ]
    assert list(lexeme_pairs(pairs, 2)) == [(["un", "deux"], ["one", "two"])]


def test_no_pairs_teach_nothing():
    with pytest.raises(NothingToLearn):
        read_corpus([])


def test_the_command_writes_a_lexicon_that_is_read_back(tmp_path, learnt):
    prefix = write_bitext(tmp_path / "phrases", phrases())
    output = tmp_path / "fr-en.npz"
    answer = CliRunner().invoke(main, [str(prefix), "-o", str(output)], catch_exceptions=False)
    assert answer.exit_code == 0
    found = read_lexicon(output)
    assert found.languages == Languages("fr", "en")
    assert set(found.sources) == set(learnt.sources)
