"""What is allowed and required, advised and ordered, suggested and proved, believed and known."""

import pytest

from alignment.checks.check import sentence_pair
from alignment.checks.hedging import CHECK
from alignment.document import FRENCH_ENGLISH


def brief(source, target):
    found = CHECK.find(sentence_pair(source, target, FRENCH_ENGLISH))
    return [
        (
            each.type,
            each.severity,
            *(span.of(source) for span in each.source_spans),
            *(span.of(target) for span in each.target_spans),
        )
        for each in found
    ]


@pytest.mark.parametrize(
    ("source", "target", "issue"),
    [
        (
            "Le maire peut fermer le bar.",
            "The mayor must close the bar.",
            ("hedge_lost", "minor", "peut", "must"),
        ),
        (
            "Le maire doit fermer le bar.",
            "The mayor may close the bar.",
            ("hedge_added", "minor", "doit", "may"),
        ),
    ],
)
def test_what_is_allowed_is_not_required(source, target, issue):
    assert brief(source, target) == [issue]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Le maire peut fermer le bar.", "The mayor may close the bar."),
        ("Le maire peut et doit fermer le bar.", "The mayor can and must close the bar."),
        ("Le maire ne peut pas fermer le bar.", "The mayor must not close the bar."),
    ],
)
def test_what_is_as_strong_is_no_issue(source, target):
    assert brief(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "issue"),
    [
        (
            "L’étude suggère un lien.",
            "The study proves a link.",
            ("hedge_lost", "minor", "suggère", "proves"),
        ),
        (
            "L’étude prouve un lien.",
            "The study suggests a link.",
            ("hedge_added", "minor", "prouve", "suggests"),
        ),
        (
            "La cour recommande de fermer le bar.",
            "The court orders the bar to close.",
            ("hedge_lost", "minor", "recommande", "orders"),
        ),
        (
            "Le préfet ordonne de fermer le bar.",
            "The prefect recommends closing the bar.",
            ("hedge_added", "minor", "ordonne", "recommends"),
        ),
        (
            "Les experts savent pourquoi.",
            "The experts suspect why.",
            ("hedge_added", "minor", "savent", "suspect"),
        ),
        (
            "Le drame aurait pu être évité.",
            "The tragedy would have been avoided.",
            ("hedge_lost", "minor", "aurait pu", "would have"),
        ),
    ],
)
def test_what_moves_to_the_other_end_of_a_scale_is_minor(source, target, issue):
    assert brief(source, target) == [issue]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("L’étude suggère un lien.", "The study suggests a link."),
        ("L’étude montre un lien.", "The study shows a link."),
        ("La cour recommande de fermer le bar.", "The court recommends closing the bar."),
        ("Les experts savent pourquoi.", "The experts know why."),
        ("Le drame aurait pu être évité.", "The tragedy could have been avoided."),
        ("Il sait ce qu’elle pense.", "He believes he knows what she thinks."),
    ],
)
def test_what_stays_where_it_is_on_a_scale_is_no_issue(source, target):
    assert brief(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "severity", "words"),
    [
        (
            "Il est soupçonné d’avoir fui.",
            "He fled.",
            "major",
            "soupçonné d’",
        ),
        ("On ignore s’il est mort.", "He is dead.", "major", "ignore s’il"),
        ("Elle risque de perdre.", "She is losing.", "minor", "risque de"),
        ("Le témoin croit avoir vu Paul.", "The witness saw Paul.", "minor", "croit avoir"),
        ("La police soupçonne un voisin.", "Police say a neighbour did it.", "minor", "soupçonne"),
        ("Sauf surprise, elle gagnera.", "She wins.", "minor", "Sauf surprise"),
        ("À ce stade, rien n’est fait.", "Nothing is done.", "minor", "À ce stade"),
        (
            "Le budget est susceptible d’être revu.",
            "The budget gets revised.",
            "minor",
            "susceptible d’",
        ),
    ],
)
def test_what_is_suspected_open_feared_or_thought_is_no_fact(source, target, severity, words):
    assert brief(source, target) == [("hedge_lost", severity, words)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Il est soupçonné d’avoir fui.", "He is suspected of having fled."),
        ("On ignore s’il est mort.", "It is not known whether he is dead."),
        ("Elle risque de perdre.", "She may lose."),
        ("Le témoin croit avoir vu Paul.", "The witness thinks he saw Paul."),
        ("La police soupçonne un voisin.", "Police suspect a neighbour."),
        ("Sauf surprise, elle gagnera.", "Barring an upset, she will win."),
        ("À ce stade, rien n’est fait.", "Nothing has been done yet."),
        ("Le budget est susceptible d’être revu.", "The budget may be revised."),
    ],
)
def test_what_keeps_the_doubt_is_no_issue(source, target):
    assert brief(source, target) == []
