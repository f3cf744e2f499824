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


@pytest.mark.parametrize(
    ("target", "broken"),
    [
        ("He lives in BesanÃ§on.", "Ã§"),
        ("The cafÃƒÂ© is closed.", "ÃƒÂ©"),
        ("The price is â‚¬12.", "â‚¬"),
        ("An Å“uvre for sale.", "Å“"),
        ("Élodie won ðŸ‘\x8d.", "ðŸ‘\x8d"),
        ("He lives in Besan√ßon.", "√ß"),
        ("He lives in Besan?on.", "?"),
        ("He lives in Corr??ze.", "??"),
        ("He lives in Besan&ccedil;on.", "&ccedil;"),
        ("He lives in Besan&#xE7;on.", "&#xE7;"),
        ("He lives in Besan\\xe7on.", "\\xe7"),
        ("He lives in Besan=C3=A7on.", "=C3=A7"),
        ("He lives in Besan%C3%A7on.", "%C3%A7"),
        ("The mayor signed.\\n", "\\n"),
        ("<s> The mayor signed.", "<s>"),
        ("The ma\u200byor signed.", "\u200b"),
        ("The mayor \u202esigned.", "\u202e"),
        ("The m\u0430yor signed.", "\u0430"),
    ],
)
def test_text_that_went_through_a_wrong_encoding_is_found(target, broken):
    assert told(CHECK, "Le maire a signé.", target) == [
        ("unknown_characters", "major", [], [broken])
    ]


@pytest.mark.parametrize(
    "target",
    [
        "See https://example.org/watch?v=caf%C3%A9 for more.",
        "Why? Because AT&T and Q&A said so; 2 < 3.",
        "Åse Ålund and Ângela São João agreed.",
        "The family 👨\u200d👩\u200d👧 arrived.",
        "The lens is 5 μm thick.",
    ],
)
def test_text_that_only_looks_broken_is_left_alone(target):
    assert told(CHECK, "Le maire a signé.", target) == []
