from functools import cache
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment import anchors, bitext
from alignment.anchors import Anchor, band_along, heaviest_chain
from alignment.bitext import Bead, align
from alignment.document import Languages
from alignment.gale_church import length_ladder
from alignment.ladder import Alone, Shape, best_ladder, whole
from alignment.similarity import as_said, likeness, neighbours, said, spelt_alike

FRENCH = [
    "Le phare de Kermorvan s’est éteint en 1987.",
    "Marguerite Le Goff en avait gardé la clé.",
    "Personne ne l’avait vue monter les 142 marches.",
    "Elle y a passé la nuit, et le lendemain le préfet a téléphoné à Paris.",
    "Rien ne fut décidé.",
    "La mer, elle, n’avait pas attendu.",
]
ENGLISH = [
    "The Kermorvan lighthouse went dark in 1987.",
    "Marguerite Le Goff had kept the key.",
    "Nobody had seen her climb the 142 steps.",
    "She spent the night there.",
    "The next day the prefect called Paris.",
    "Nothing was decided.",
    "The sea had not waited.",
]
SENTENCES = st.lists(st.text(max_size=30) | st.sampled_from(FRENCH + ENGLISH), max_size=12)
BRETON = Languages("br", "cy")


def kinds(beads):
    return [(bead.source, bead.target) for bead in beads]


def together(beads):
    """The pairs of sentences that share a bead."""
    return {pair for bead in beads for pair in product(bead.source, bead.target)}


def numbers(beads, side):
    return [number for bead in beads for number in getattr(bead, side)]


def test_a_sentence_that_was_cut_in_two_answers_both_halves():
    assert kinds(align(FRENCH, ENGLISH)) == [
        ((0,), (0,)),
        ((1,), (1,)),
        ((2,), (2,)),
        ((3,), (3, 4)),
        ((4,), (5,)),
        ((5,), (6,)),
    ]


def test_a_sentence_that_the_translator_left_out_stays_alone():
    english = ENGLISH[:2] + ENGLISH[3:]
    assert kinds(align(FRENCH, english))[2] == ((2,), ())


def test_sentences_that_the_translator_added_are_one_bead():
    added = [
        "An unrelated paragraph about the price of apples follows here.",
        "It goes on for quite a while, and mentions oranges, too.",
        "Then it ends as it began.",
    ]
    found = kinds(align(FRENCH, ENGLISH[:3] + added + ENGLISH[3:]))
    assert ((), (3, 4, 5)) in found


def test_names_and_numbers_align_languages_that_there_is_no_lexicon_for():
    here = ["Aa Kermorvan.", "Bb 1987 bb.", "Cc dd ee ff, gg 51, Quimper hh.", "Gg Marguerite gg."]
    there = ["Xx Kermorvan.", "Yy 1987 yy.", "Zz Marguerite zz."]
    assert kinds(align(here[:2] + here[3:], there, BRETON)) == [((n,), (n,)) for n in range(3)]
    assert kinds(align(here, [*there[:2], "Qq 51 rr Quimper.", there[2]], BRETON)) == [
        ((n,), (n,)) for n in range(4)
    ]


def test_words_are_paired_by_the_similarity_that_is_given():
    here = ["kazhez gwenned kozhenn", "tiegezh braster ruzded", "avelioù morioù donder"]
    there = ["henaint cathod lliwiau", "rhywbeth arall", "anheddau mawredd cochni"]
    pairs = set(zip(here[0].split(), there[0].split(), strict=True))
    pairs |= set(zip(here[1].split(), there[2].split(), strict=True))

    def similar(source, target):
        for i, word in enumerate(source):
            yield from ((i, j, 1.0) for j, other in enumerate(target) if (word, other) in pairs)

    assert (1, 2) not in together(align(here, there, BRETON))
    assert (1, 2) in together(align(here, there, BRETON, [similar]))


def test_a_machine_translation_of_the_source_shows_the_way():
    here = ["aa bb cc dd", "dd ee ff gg", "gg hh ii jj", "jj kk ll mm"]
    there = ["the dog barks again", "a black cat sleeps", "we all go home"]
    said_of_it = [
        "quite another thing",
        "the dog barks again",
        "one black cat sleeps",
        "we go home",
    ]
    found = kinds(align(here, there, BRETON, translations=said_of_it))
    assert found[-2:] == [((2,), (1,)), ((3,), (2,))]


def test_scores_are_likelihoods_and_a_sentence_alone_has_none():
    beads = align(FRENCH, [*ENGLISH[:2], *ENGLISH[3:]])
    assert all(0.5 < bead.score <= 1 for bead in beads if bead.source and bead.target)
    assert [bead.score for bead in beads if not bead.target] == [0.0]


@pytest.mark.parametrize(
    ("source", "target", "beads"),
    [
        ([], [], ()),
        (["Oui.", "Non."], [], (Bead((0, 1), (), 0.0),)),
        ([], ["Yes."], (Bead((), (0,), 0.0),)),
        ([""], [""], (Bead((0,), (0,), 1.0),)),
    ],
)
def test_a_side_may_be_empty(source, target, beads):
    assert align(source, target) == beads


@given(source=SENTENCES, target=SENTENCES)
def test_beads_hold_every_sentence_of_both_sides_once_and_in_order(source, target):
    beads = align(source, target)
    assert numbers(beads, "source") == list(range(len(source)))
    assert numbers(beads, "target") == list(range(len(target)))
    assert all(bead.source or bead.target for bead in beads)


@given(SENTENCES)
def test_a_text_answers_itself_sentence_by_sentence(sentences):
    beads = align(sentences, sentences)
    assert kinds(beads) == [((number,), (number,)) for number in range(len(sentences))]


@given(source=SENTENCES, target=SENTENCES)
def test_neighbouring_beads_are_never_alone_on_the_same_side(source, target):
    beads = align(source, target)
    empty = [(not bead.source, not bead.target) for bead in beads]
    assert all(one != other or not any(one) for one, other in pairwise(empty))


def test_elisions_parted_by_a_tokeniser_are_whole_words_again():
    assert bitext._lexemes("L' OTAN n' a qu' un but .", "fr") == bitext._lexemes(
        "L'OTAN n'a qu'un but .", "fr"
    )


def long_texts(sentences, inserted):
    """Two texts of as many sentences, each with a name of its own, with more in the middle."""
    here = [f"une phrase de Nom{number}x et Mot{number}y" for number in range(sentences)]
    there = [f"a sentence by Nom{number}x and Mot{number}y" for number in range(sentences)]
    extra = [f"something quite different about Thing{number}z" for number in range(inserted)]
    half = sentences // 2
    return here, there[:half] + extra + there[half:]


def test_a_long_text_is_followed_through_a_long_insertion(monkeypatch):
    monkeypatch.setattr(bitext, "NARROW", 50)
    monkeypatch.setattr(anchors, "REACH", 10)
    here, there = long_texts(120, 200)
    found = kinds(align(here, there, BRETON))
    assert found == [
        *(((number,), (number,)) for number in range(60)),
        ((), tuple(range(60, 260))),
        *(((number,), (number + 200,)) for number in range(60, 120)),
    ]


def test_texts_that_share_no_word_are_aligned_within_the_band_all_the_same(monkeypatch):
    monkeypatch.setattr(bitext, "NARROW", 5)
    monkeypatch.setattr(anchors, "REACH", 3)
    beads = align(["aaa"] * 40, ["bbb"] * 60, BRETON)
    assert numbers(beads, "target") == list(range(60))


@given(
    steps=st.lists(st.integers(0, 9), min_size=1, max_size=30),
    reach=st.integers(1, 4),
)
def test_a_band_leads_from_corner_to_corner(steps, reach):
    path = np.concatenate([[0.0], np.cumsum(steps)])
    band = band_along(path, int(path[-1]), reach)
    assert (band.row(0)[0], band.row(len(steps))[1]) == (0, path[-1])
    rows = [band.row(number) for number in range(len(path))]
    assert all(one[0] <= other[0] <= one[1] <= other[1] for one, other in pairwise(rows))


def test_the_heaviest_chain_leaves_out_what_crosses_it():
    line = [Anchor(number, number, 2.0) for number in (0, 2, 3, 5)]
    crossing = Anchor(1, 9, 5.0)
    assert heaviest_chain(sorted([*line, crossing])) == line


def test_one_heavy_anchor_outweighs_two_light_ones():
    light = [Anchor(1, 1, 2.0), Anchor(2, 2, 2.0)]
    heavy = Anchor(0, 7, 5.0)
    assert heaviest_chain([heavy, *light]) == [heavy]


@given(
    rows=st.integers(1, 6),
    columns=st.integers(1, 6),
    opening=st.sampled_from([0.0, -1.0]),
    draw=st.randoms(use_true_random=False),
)
def test_no_other_ladder_is_worth_more(rows, columns, opening, draw):
    shapes = [Shape(1, 1), Shape(1, 2), Shape(2, 1)]
    worth = {
        (row, column, shape): draw.uniform(-4, 4)
        if shape.source <= row and shape.target <= column
        else -np.inf
        for row in range(rows + 1)
        for column in range(columns + 1)
        for shape in shapes
    }
    scores = [
        {
            shape: np.array([worth[row, column, shape] for column in range(columns + 1)])
            for shape in shapes
        }
        for row in range(1, rows + 1)
    ]
    alone = Alone(np.full(rows, -1.0), np.full(columns, -1.5), opening)
    ladder = best_ladder(scores, whole(rows, columns), alone)

    @cache
    def best(row, column, ending):
        """What the best way is worth whose last step is a bead, or a run on one side."""
        if ending == "bead":
            ways = [
                best_of(row - shape.source, column - shape.target) + worth[row, column, shape]
                for shape in shapes
                if row >= shape.source and column >= shape.target
            ]
            return max(ways, default=-np.inf) if row or column else 0.0
        before = (row - 1, column) if ending == "source" else (row, column - 1)
        if min(before) < 0:
            return -np.inf
        each = -1.0 if ending == "source" else -1.5
        return each + max(best(*before, ending), best_of(*before) + opening)

    def best_of(row, column):
        return max(best(row, column, ending) for ending in ("bead", "source", "target"))

    assert sum(step.worth for step in ladder) == pytest.approx(best_of(rows, columns))
    assert sum(step.source for step in ladder) == rows
    assert sum(step.target for step in ladder) == columns


def test_lengths_alone_see_a_sentence_cut_in_two():
    steps = length_ladder([20, 100, 30], [21, 48, 53, 29])
    assert [(step.source, step.target) for step in steps] == [(1, 1), (1, 2), (1, 1)]


@pytest.mark.parametrize(
    ("source", "target", "likely"),
    [
        ("1987", "1987", 1.0),
        ("kermorvan", "kermorvan", 1.0),
        ("on", "on", 0.3),
        ("national", "nationale", pytest.approx(0.8 * 8 / 9)),
        ("chat", "cat", 0.0),
        ("comment", "common", 0.0),
    ],
)
def test_words_that_look_alike_may_be_the_same(source, target, likely):
    assert likeness(source, target) == likely


def test_spelling_names_pairs_by_their_numbers():
    assert list(spelt_alike(["le", "1987"], ["in", "1987"])) == [(1, 1, 1.0)]


def test_what_a_machine_said_is_found_by_its_stems_and_its_neighbours():
    here = said(["sleeping", "cats"])
    there = ["sleepily", "cat", *neighbours(["sleepily", "cats"])]
    assert [(here[i], there[j]) for i, j, _ in as_said(here, there)] == [
        ("= sleepi", "sleepily"),
        ("= sleepi cats", "sleepi cats"),
    ]
