"""`visavis evaluate` as a user types it, and its counts on links that are given."""

import json

import pytest
from click.testing import CliRunner

from alignment.formats.gold import GoldBeads, GoldWords
from alignment.scoring import Counts
from service.cli import visavis
from service.commands.evaluate import bead_counts, span_counts, word_counts

ARTICLE = {
    "text": "M. Roy dort. Il rêve.\nUn titre",
    "sentences": [[0, 2], [3, 12], [13, 21], [22, 30]],
}
PAIR = {"fr": ["le", "chat", "dort"], "en": ["the", "cat", "sleeps"], "sure": [[1, 1], [2, 2]]}
TEXTS = {
    "fr": ["Le chat dort.", "Il pleut sur la ville."],
    "en": ["The cat sleeps.", "It rains on the city."],
    "beads": [[[0], [0]], [[1], [1]]],
}


def run(*arguments, gold):
    data = "".join(json.dumps(each) + "\n" for each in gold).encode()
    return CliRunner().invoke(visavis, ["evaluate", *arguments, "-"], input=data)


def test_segmentation_prints_precision_recall_and_f1():
    result = run("segmentation", gold=[ARTICLE])
    assert result.exit_code == 0, result.stderr
    assert result.stdout == (
        "boundaries: precision 100.00  recall 50.00  F1 66.67  (2 in the gold, 1 found)\n"
    )


def test_segmentation_prints_json_for_programs():
    result = run("segmentation", "--json", gold=[ARTICLE, ARTICLE])
    assert json.loads(result.stdout) == {
        "boundaries": {
            "precision": 1,
            "recall": 0.5,
            "f1": pytest.approx(2 / 3),
            "counts": {"correct": 2, "found": 2, "recovered": 2, "gold": 4},
        }
    }


def test_segmentation_knows_the_language():
    gold = {"text": "Er kam am 3. Mai. Es schneite.", "sentences": [[0, 17], [18, 30]]}
    result = run("segmentation", "--language", "de", "--json", gold=[gold])
    assert json.loads(result.stdout)["boundaries"]["f1"] == 1


@pytest.mark.parametrize("only", [["--lexicon-only"], ["--model-only"], []])
def test_words_are_linked_by_the_witness_asked_for(only):
    result = run("words", *only, "--json", gold=[PAIR])
    assert result.exit_code == 0, result.stderr
    links = json.loads(result.stdout)["links"]
    assert links.keys() == {"precision", "recall", "aer", "counts"}
    assert links["counts"]["gold"] == 2


def test_spans_are_scored_each_way_and_together():
    result = run("spans", "--lexicon-only", "--json", gold=[PAIR])
    both = json.loads(result.stdout)
    assert list(both) == ["French to English", "English to French", "both"]


def test_something_must_be_left_to_link_with():
    result = run("words", "--lexicon-only", "--model-only", gold=[PAIR])
    assert result.exit_code == 2
    assert "leave nothing to link with" in result.stderr


@pytest.mark.parametrize("translate", [[], ["--translate"]])
def test_beads_are_scored_strictly_and_laxly(translate):
    result = run("beads", *translate, "--json", gold=[TEXTS])
    assert result.exit_code == 0, result.stderr
    figures = json.loads(result.stdout)
    assert {name: each["f1"] for name, each in figures.items()} == {"strict": 1, "lax": 1}


@pytest.mark.parametrize("command", ["segmentation", "words", "spans", "beads"])
def test_a_bad_line_is_named_with_its_field(command):
    result = run(command, gold=[{"id": 1, "text": "Oui.", "sentences": [[0, 9]]}])
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: standard input, line 1: ")
    assert "sentences: 9 is not" in result.stderr or "fr: is missing" in result.stderr


def test_links_are_counted_over_all_pairs():
    pair = GoldWords(("a", "b"), ("x", "y"), frozenset({(0, 0)}), frozenset({(1, 1)}))
    counts = word_counts([pair, pair], [{(0, 0), (1, 1)}, {(0, 1)}])
    assert counts == Counts(correct=2, found=3, recovered=1, gold=2)


def test_spans_of_either_side_are_projected():
    # Two words on the left, one on the right: 3 runs there, 1 back.
    pair = GoldWords(("a", "b"), ("x",), frozenset({(0, 0), (1, 0)}), frozenset())
    counts = span_counts([pair], [{(0, 0)}])
    assert counts["French to English"] == Counts(correct=2, found=2, recovered=2, gold=3)
    assert counts["English to French"] == Counts(correct=1, found=1, recovered=1, gold=2)
    assert counts["both"] == Counts(correct=3, found=3, recovered=3, gold=5)


def test_beads_of_several_texts_are_counted_together():
    text = GoldBeads(("a", "b"), ("x", "y"), (((0,), (0,)), ((1,), (1,))))
    counts = bead_counts([text, text], lambda source, target: [((0,), (0,)), ((1,), ())])
    assert counts["strict"] == Counts(correct=2, found=4, recovered=2, gold=4)
