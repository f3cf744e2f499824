from __future__ import annotations

import pytest

from alignment.checks.characters import CHECK
from tests.alignment.checks.whole import found, told


@pytest.mark.parametrize(
    ("target", "broken"),
    [
        ("The caf\ufffd is closed.", "\ufffd"),
        ("The ⁇ is closed.", "⁇"),
        ("The <unk> is closed.", "<unk>"),
        ("The ▁cafe is closed.", "▁"),
        ("The cafÃ© is closed.", "Ã©"),
        ("The cafe isnâ€™t open.", "â€™"),
        ("The caf\ue000 is closed.", "\ue000"),
        ("The caf\x07e is closed.", "\x07"),
        (f"The caf{chr(0xD83D)} is closed.", chr(0xD83D)),
        ("The caf<0xC3> is closed.", "<0xC3>"),
        ("The caf\\u00e8 is closed.", "\\u00e8"),
        ("The caf&amp; is closed.", "&amp;"),
    ],
)
def test_what_is_no_text_is_major(target, broken):
    assert told(CHECK, "Le café est fermé.", target) == [
        ("unknown_characters", "major", [], [broken])
    ]


def test_what_the_original_has_too_is_left_alone():
    assert told(CHECK, "Le caf\ufffd est fermé.", "The caf\ufffd is closed.") == []


@pytest.mark.parametrize(
    ("source", "target", "lost"),
    [
        ("Bravo les filles 🔥 !", "Well done, girls!", "🔥"),
        ("Voir § 4 du texte.", "See 4 of the text.", "§"),
        ("Une place à 10 €.", "A ticket for 10.", "€"),
    ],
)
def test_a_lost_symbol_is_minor(source, target, lost):
    assert told(CHECK, source, target) == [("unknown_characters", "minor", [lost], [])]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Une place à 10 €.", "A ticket for 10 euros."),
        ("Une place à 10 €.", "A €10 ticket."),
        ("Voir § 4.", "See section 4."),
        ("L’Âge d’or\u00a0: 3\u202f%", "The golden age: 3%"),
    ],
)
def test_a_symbol_may_be_put_in_words(source, target):
    assert told(CHECK, source, target) == []


def test_characters_that_can_not_be_shown_are_named_by_number():
    (issue,) = found(CHECK, "Bien.", "Fi\x07ne.")
    assert issue.explanation.endswith(": U+0007")
