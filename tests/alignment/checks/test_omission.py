from __future__ import annotations

import pytest

from alignment.checks import omission
from alignment.checks.check import sentence_pair
from alignment.checks.omission import CHECK
from alignment.document import FRENCH_ENGLISH, Languages, Link
from tests.alignment.checks.whole import told

SENTENCE = (
    "Le tribunal a condamné l’entreprise, qui avait caché les factures à ses actionnaires, "
    "à une amende."
)


def test_a_clause_that_is_left_out_is_major_where_it_stands():
    assert told(CHECK, SENTENCE, "The court fined the company.") == [
        ("omission", "major", ["caché les factures à ses actionnaires"], [])
    ]


def test_a_clause_that_is_added_is_an_addition():
    target = (
        "The court fined the company, which had already deceived thousands of elderly customers."
    )
    (issue,) = told(CHECK, "Le tribunal a condamné l’entreprise à une amende.", target)
    assert (issue[0], issue[2]) == ("addition", [])
    assert "customers" in issue[3][0]


def test_another_wording_is_no_omission():
    target = "The company was fined by the court for concealing invoices from its shareholders."
    assert told(CHECK, SENTENCE, target) == []


def test_a_lonely_word_that_can_hardly_be_put_otherwise_is_minor():
    source = "La commune a voté un moratoire sur les antennes."
    assert told(CHECK, source, "The town voted on antennas.") == [
        ("omission", "minor", ["moratoire"], [])
    ]


@pytest.mark.parametrize(
    ("source", "target", "lost"),
    [
        ("L’ancien ministre a démissionné.", "The minister resigned.", "ancien"),
        ("L’ancienne juge est là.", "The judge is there.", "ancienne"),
        ("L’adjointe au maire est venue.", "The mayor came.", "adjointe"),
        ("Il y a au moins 12 morts.", "There are 12 dead.", "au moins"),
        ("Plus de 300 élèves ont chanté.", "300 pupils sang.", "Plus de"),
        ("Moins d’une heure a suffi.", "One hour was enough.", "Moins d’"),
        ("Il dirige le parti par intérim.", "He leads the party.", "par intérim"),
    ],
)
def test_a_lost_word_that_changes_the_sense_is_major(source, target, lost):
    assert ("omission", "major", [lost], []) in told(CHECK, source, target)


@pytest.mark.parametrize(
    ("source", "target", "added"),
    [
        ("Le ministre a démissionné.", "The former minister resigned.", "former"),
        ("Il y a 12 morts.", "There are at least 12 dead.", "at least"),
    ],
)
def test_an_added_word_that_changes_the_sense_is_minor(source, target, added):
    assert told(CHECK, source, target) == [("addition", "minor", [], [added])]


@pytest.mark.parametrize(
    ("source", "target", "one", "other"),
    [
        ("Les loyers ont augmenté.", "Rents have fallen.", "augmenté", "fallen"),
        ("Il a refusé l’offre.", "He accepted the offer.", "refusé", "accepted"),
        ("Trois soldats ont été tués.", "Three soldiers were wounded.", "tués", "wounded"),
        ("Elle est partie avant le vote.", "She left after the vote.", "avant", "after"),
        ("Il a voté contre le texte.", "He voted for the bill.", "voté contre", "voted for"),
    ],
)
def test_an_opposite_is_major_on_both_sides(source, target, one, other):
    assert told(CHECK, source, target) == [("omission", "major", [one], [other])]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Un bâtiment ancien a brûlé.", "An old building burnt down."),
        ("Il y a au moins 12 morts.", "The death toll is 12 or more."),
        ("Plus de 300 élèves ont chanté.", "Over 300 pupils sang."),
        ("Les loyers ont cessé de baisser.", "Rents have stopped falling."),
        ("Le vote a été refusé.", "The vote was not accepted."),
    ],
)
def test_the_same_sense_in_other_words_is_kept(source, target):
    assert told(CHECK, source, target) == []


def test_a_link_is_an_answer():
    source, target = (
        "La commune a voté un moratoire sur les antennes.",
        "The town voted on antennas.",
    )
    pair = sentence_pair(source, target, FRENCH_ENGLISH)
    link = Link(pair.source_words[5], pair.target_words[2], 0.9)
    linked = sentence_pair(source, target, FRENCH_ENGLISH, [link])
    assert [issue.type for issue in CHECK.find(pair)] == ["omission"]
    assert list(CHECK.find(linked)) == []


def test_without_a_lexicon_only_the_senses_are_looked_at():
    pair = sentence_pair("L’ancien ministre.", "The minister.", Languages("fr", "fr"))
    assert [issue.type for issue in omission.find(pair)] == ["omission"]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "Le tribunal a suspendu le permis, parce que l’étude d’impact était incomplète.",
            "The court suspended the permit.",
        ),
        (
            "La directrice, qui avait alerté sa hiérarchie, a été mutée à Brest.",
            "The headmistress was transferred to Brest.",
        ),
        (
            "Les deux randonneurs ont été retrouvés sains et saufs au petit matin.",
            "The two hikers were found in the early morning.",
        ),
        (
            "Le pont restera fermé pendant tout l’hiver à cause des inondations.",
            "The bridge will remain closed all winter.",
        ),
        (
            "Les aides seront versées à condition que l’entreprise ne licencie personne.",
            "The aid will be paid.",
        ),
        (
            "Le futur stade accueillera 40 000 spectateurs.",
            "The stadium will hold 40,000 spectators.",
        ),
        (
            "L’ancien ministre de la Santé a été entendu par les juges.",
            "The health minister was questioned by the judges.",
        ),
        (
            "La directrice adjointe a présenté le budget.",
            "The director presented the budget.",
        ),
        (
            "Le juge suppléant a reporté l’audience.",
            "The judge postponed the hearing.",
        ),
        (
            "Un accord provisoire a été signé mercredi à Doha.",
            "An agreement was signed in Doha on Wednesday.",
        ),
        (
            "Le maire par intérim a refusé de commenter.",
            "The mayor declined to comment.",
        ),
        (
            "C’est la seule survivante de l’accident.",
            "She is a survivor of the accident.",
        ),
        (
            "La principale raison du retard est le manque de pilotes.",
            "The reason for the delay is the shortage of pilots.",
        ),
        (
            "Presque tous les députés ont voté la loi.",
            "All the MPs voted for the law.",
        ),
        (
            "Certains élèves ont été évacués par hélicoptère.",
            "The pupils were evacuated by helicopter.",
        ),
        (
            "Plusieurs témoins ont reconnu le suspect.",
            "The witnesses recognised the suspect.",
        ),
        (
            "Les transports seront temporairement gratuits.",
            "Public transport will be free.",
        ),
        (
            "Le conseil a approuvé le projet à l’unanimité.",
            "The council approved the project.",
        ),
        (
            "Il est poursuivi pour homicide involontaire.",
            "He is being prosecuted for murder.",
        ),
        (
            "Deux ouvriers ont été grièvement blessés sur le chantier.",
            "Two workers were injured on the site.",
        ),
        (
            "Elle a été légèrement blessée dans la chute.",
            "She was badly hurt in the fall.",
        ),
        (
            "Le favori s’est qualifié de justesse pour la finale.",
            "The favourite qualified for the final.",
        ),
        (
            "Le chômage a reculé au troisième trimestre.",
            "Unemployment rose in the third quarter.",
        ),
        (
            "La banque a rejeté l’offre de son concurrent.",
            "The bank accepted its competitor’s offer.",
        ),
        (
            "La frontière sera rouverte lundi matin.",
            "The border will be closed on Monday morning.",
        ),
        (
            "La tempête a ravagé le nord de l’île.",
            "The storm devastated the south of the island.",
        ),
        (
            "Le train est arrivé avec deux heures de retard.",
            "The train left two hours late.",
        ),
        (
            "Le déficit commercial du pays s’est creusé en juin.",
            "The country’s trade surplus widened in June.",
        ),
        (
            "Le jury l’a déclaré coupable de fraude.",
            "The jury found him not guilty of fraud.",
        ),
        (
            "La mère de l’enfant a porté plainte.",
            "The child’s father filed a complaint.",
        ),
        (
            "Les employeurs ont quitté la table des négociations.",
            "Employees walked out of the negotiations.",
        ),
        (
            "Son premier roman a reçu un prix à Bruxelles.",
            "His last novel won a prize in Brussels.",
        ),
        (
            "Une candidate de droite a remporté la mairie.",
            "A left-wing candidate won the mayoralty.",
        ),
        (
            "L’est de la ville est privé d’électricité.",
            "The west of the city is without power.",
        ),
        (
            "Le policier a bousculé le manifestant.",
            "The officer deliberately jostled the protester.",
        ),
        (
            "Le préfet a interdit le rassemblement.",
            "The prefect once again illegally banned the gathering.",
        ),
        (
            "Le patron a quitté la salle.",
            "The boss angrily left the room.",
        ),
        (
            "Les douaniers ont saisi 300 kilos de cannabis dans le port.",
            "Customs officers seized 300 kilos of cannabis in the port after a tip-off from a "
            "rival gang.",
        ),
        (
            "Le chanteur a annulé sa tournée.",
            "The disgraced singer has cancelled his tour.",
        ),
        (
            "Les loyers sont désormais plafonnés à Lille.",
            "Rents are capped in Lille.",
        ),
        (
            "La patiente respire encore avec une machine.",
            "The patient is breathing with a machine.",
        ),
        (
            "Au moins douze mineurs sont toujours portés disparus.",
            "Twelve miners are still missing.",
        ),
        (
            "La récolte a perdu plus de la moitié de sa valeur.",
            "The harvest lost less than half its value.",
        ),
        (
            "Le prêt a été accordé sans garantie par la banque régionale.",
            "The loan was granted by the regional bank.",
        ),
    ],
)
def test_a_word_or_clause_dropped_added_or_turned_round_is_told_of(source, target):
    assert {"omission", "addition"} & {each[0] for each in told(CHECK, source, target)}


def test_what_is_set_off_and_has_no_answer_is_left_out():
    source = "Le vieux romancier catalan, accusé de plagiat, a quitté la salle."
    assert told(CHECK, source, "The old Catalan novelist left the room.") == [
        ("omission", "minor", ["accusé de plagiat"], [])
    ]
    target = "The old Catalan novelist left the room, accused of plagiarism."
    assert told(CHECK, source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "old", "new"),
    [
        ("Il pleut souvent ici.", "It sometimes rains here.", "souvent", "sometimes"),
        ("La plupart des élus ont voté.", "All councillors voted.", "La plupart", "All"),
        ("Les loyers augmentent.", "Rents are soaring.", "augmentent", "soaring"),
    ],
)
def test_more_or_less_of_the_same_is_something_else(source, target, old, new):
    assert ("omission", "minor", [old], [new]) in told(CHECK, source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Il pleut souvent ici.", "It often rains here."),
        ("La plupart des élus ont voté.", "Most councillors voted."),
        ("Les loyers augmentent.", "Rents are rising."),
    ],
)
def test_as_much_of_the_same_is_no_issue(source, target):
    assert told(CHECK, source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "lost"),
    [
        ("Malgré la pluie, elle est venue.", "She came and it rained.", "Malgré"),
        ("Il a gagné en partie.", "He won.", "en partie"),
        ("En cas de grève, il part.", "He leaves.", "En cas de"),
    ],
)
def test_a_concession_a_condition_and_a_part_are_missed(source, target, lost):
    assert ("omission", "minor", [lost], []) in told(CHECK, source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Malgré la pluie, elle est venue.", "She came in spite of the rain."),
        ("En cas de grève, il part.", "He leaves if there is a strike."),
    ],
)
def test_a_concession_or_condition_worded_otherwise_is_no_issue(source, target):
    assert told(CHECK, source, target) == []
