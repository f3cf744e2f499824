import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.checks.check import sentence_pair
from alignment.checks.negation import CHECK
from alignment.document import FRENCH_ENGLISH, Issue, Languages, Link
from alignment.span import Span


def issues(source, target, links=()):
    return list(CHECK.find(sentence_pair(source, target, FRENCH_ENGLISH, links)))


def brief(source, target):
    return [
        (
            each.type,
            each.severity,
            *(span.of(source) for span in each.source_spans),
            *(span.of(target) for span in each.target_spans),
        )
        for each in issues(source, target)
    ]


def test_a_negation_that_became_an_affirmation_is_critical_and_explained():
    assert issues("Il n’a pas signé.", "He has signed.") == [
        Issue(
            "negation_lost",
            "critical",
            "the French denies with “n’ … pas”; nothing in the English is negative",
            (Span(3, 5), Span(7, 10)),
        )
    ]


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("Elle ne viendra plus.", "She will come.", ("ne", "plus")),
        ("Personne n’a été blessé.", "Everyone was hurt.", ("Personne", "n’")),
        ("Aucun vol n’est prévu.", "Flights are planned.", ("Aucun", "n’")),
        ("L’élu n’a rien dit.", "The councillor said so.", ("n’", "rien")),
        ("Il ne saurait partir.", "He can leave.", ("ne",)),
    ],
)
def test_every_negation_of_a_clause_must_be_answered(source, target, words):
    assert brief(source, target) == [("negation_lost", "critical", *words)]


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("Elle part sans lui.", "She leaves with him.", "sans"),
        ("Pas d’accord à Lyon.", "A deal in Lyon.", "Pas"),
        ("Il a refusé de signer.", "He wants to sign.", "refusé"),
        ("Il est interdit de fumer.", "Smoking is usual.", "interdit"),
    ],
)
def test_words_that_deny_by_themselves_must_be_answered(source, target, words):
    assert brief(source, target) == [("negation_lost", "major", words)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Il n’a pas signé.", "He has not signed."),
        ("Il n’a pas signé.", "He hasn’t signed."),
        ("Il n’a pas signé.", "He failed to sign."),
        ("Il n’a pas pu venir.", "He was unable to come."),
        ("Elle ne viendra plus.", "She will no longer come."),
        ("Ce n’est pas clair.", "It is unclear."),
        ("Personne n’a été blessé.", "Nobody was hurt."),
        ("Il n’est pas impossible qu’il gagne.", "It is possible that he will win."),
        ("Elle n’en demeure pas moins favorite.", "She is still the favourite."),
        ("Ni lui ni elle ne viendront.", "Neither of them will come."),
        ("Il part avant qu’elle ne vienne.", "He leaves before she comes."),
        ("Il est plus grand qu’il ne paraît.", "He is taller than he looks."),
        ("Elle ne cesse de mentir.", "She keeps lying."),
        ("Il a refusé de signer.", "He would not sign."),
        ("C’est non seulement long, mais cher.", "It is not only long but expensive."),
        ("Le disque n° 4 est sorti.", "Record No. 4 is out."),
        ("Elle viendra sans doute.", "No doubt she will come."),
        ("Il ne mange que du pain.", "He eats nothing but bread."),
        ("Il ne reste qu’un siège.", "Only one seat is left."),
        ("Ils se connaissent, n’est-ce pas ?", "They know each other, don’t they?"),
    ],
)
def test_a_faithful_sentence_is_left_alone(source, target):
    assert brief(source, target) == []


# Sentences as in the news, each with a faithful translation and one that says the opposite.
REVERSED = [
    (
        "Nul ne sait où se cache l’ancien président.",
        "No one knows where the former president is hiding.",
        "Everyone knows where the former president is hiding.",
    ),
    (
        "Le préfet n’a guère apprécié les propos du maire.",
        "The prefect hardly appreciated the mayor’s remarks.",
        "The prefect greatly appreciated the mayor’s remarks.",
    ),
    (
        "Le gouvernement n’entend point céder devant les manifestants.",
        "The government has no intention of giving in to the protesters.",
        "The government intends to give in to the protesters.",
    ),
    (
        "Ni la direction ni les syndicats n’ont commenté l’accord.",
        "Neither management nor the unions commented on the agreement.",
        "Both management and the unions commented on the agreement.",
    ),
    (
        "Le témoin n’a ni confirmé ni infirmé cette version.",
        "The witness neither confirmed nor denied this version.",
        "The witness confirmed this version and denied it.",
    ),
    (
        "L’avion s’est posé sans faire de blessés.",
        "The plane landed without injuring anyone.",
        "The plane landed, injuring several people.",
    ),
    (
        "Les habitants n’ont eu d’autre choix que de partir.",
        "Residents had no choice but to leave.",
        "Residents had the choice to leave.",
    ),
    (
        "À peine la moitié des inscrits ont voté.",
        "Barely half of those registered voted.",
        "Well over half of those registered voted.",
    ),
    (
        "Depuis dix ans, le loyer moyen n’a cessé d’augmenter.",
        "The average rent has kept rising for ten years.",
        "The average rent has stopped rising after ten years.",
    ),
    (
        "Interrogé sur sa démission, il a répondu que non.",
        "Asked whether he would resign, he said no.",
        "Asked whether he would resign, he said yes.",
    ),
    (
        "Il est peu probable que la loi soit adoptée avant Noël.",
        "It is unlikely that the bill will be passed before Christmas.",
        "It is likely that the bill will be passed before Christmas.",
    ),
    (
        "Le ministre a écarté toute augmentation d’impôts.",
        "The minister ruled out any tax increase.",
        "The minister announced a tax increase.",
    ),
    (
        "Le candidat s’est abstenu de tout commentaire.",
        "The candidate refrained from any comment.",
        "The candidate made a comment.",
    ),
    (
        "Le joueur, blessé, manquera la finale.",
        "The injured player will miss the final.",
        "The injured player will play in the final.",
    ),
    (
        "Le médecin déconseille ce traitement aux femmes enceintes.",
        "The doctor advises pregnant women against this treatment.",
        "The doctor recommends this treatment to pregnant women.",
    ),
    (
        "Moscou refuse de retirer ses troupes de la région.",
        "Moscow refuses to withdraw its troops from the region.",
        "Moscow agrees to withdraw its troops from the region.",
    ),
    (
        "Le syndicat a accepté l’offre de la direction.",
        "The union accepted management’s offer.",
        "The union refused management’s offer.",
    ),
    (
        "La ministre a confirmé sa présence au sommet.",
        "The minister confirmed that she would attend the summit.",
        "The minister denied that she would attend the summit.",
    ),
    (
        "La loi autorise les communes à emprunter.",
        "The law allows municipalities to borrow.",
        "The law forbids municipalities to borrow.",
    ),
    (
        "Les deux pays sont parvenus à un accord.",
        "The two countries reached an agreement.",
        "The two countries failed to reach an agreement.",
    ),
    (
        "Le patron s’est dit favorable à la fusion.",
        "The boss said he was in favour of the merger.",
        "The boss said he was hardly in favour of the merger.",
    ),
    (
        "Il est probable que le taux baisse.",
        "The rate is likely to fall.",
        "The rate is unlikely to fall.",
    ),
]


@pytest.mark.parametrize(("source", "faithful", "reversed_"), REVERSED)
def test_a_sentence_that_says_the_opposite_is_found(source, faithful, reversed_):
    assert {each.type for each in issues(source, reversed_)} & {"negation_lost", "negation_added"}


@pytest.mark.parametrize(("source", "faithful", "reversed_"), REVERSED)
def test_its_faithful_translation_is_not(source, faithful, reversed_):
    assert issues(source, faithful) == []


def test_a_word_and_its_opposite_are_shown_on_both_sides():
    assert brief("Il a refusé de signer.", "He agreed to sign.") == [
        ("negation_lost", "major", "refusé", "agreed to")
    ]


def test_an_opposite_that_a_negation_undoes_is_none():
    assert issues("Il n’a pas accepté l’offre.", "He refused the offer.") == []


def test_an_opposite_of_something_else_is_none():
    source = "Elle a accepté un poste et refusé un logement."
    assert issues(source, "She turned down a flat but took the job.") == []


def test_a_refusal_where_the_french_denies_nothing_is_a_major_addition():
    assert brief("Elle a chanté hier.", "She failed to sing yesterday.") == [
        ("negation_added", "major", "failed to")
    ]


def test_a_denied_refusal_that_is_a_refusal_is_a_loss():
    source, target = "Il n’a pas refusé de signer.", "He refused to sign."
    assert brief(source, target) == [("negation_lost", "major", "n’", "pas")]


def test_a_refusal_in_the_next_clause_undoes_no_negation():
    source, target = "Il n’est pas venu hier et a refusé de parler.", "He came and refused to talk."
    assert brief(source, target) == [("negation_lost", "minor", "n’", "pas")]


def test_a_restriction_that_is_gone_is_a_minor_loss():
    source, target = "La prime ne sera versée qu’en août.", "The bonus will be paid in August."
    assert brief(source, target) == [("negation_lost", "minor", "ne", "qu’")]


def test_of_two_negations_the_one_without_an_answer_near_is_lost():
    source = "Il n’a pas signé le texte, et le maire ne viendra jamais."
    target = "He has not signed the text, and the mayor will always come."
    assert brief(source, target) == [("negation_lost", "minor", "ne", "jamais")]


def test_links_show_where_the_lost_negation_should_be():
    source, target = "Il n’a pas signé.", "He has signed."
    links = (Link(Span(7, 10), Span(3, 6), 0.5),)
    (issue,) = issues(source, target, links)
    assert issue.target_spans == (Span(3, 6),)


def test_a_negation_that_the_french_has_not_is_a_major_addition():
    source, target = "Il a signé.", "He has never signed."
    assert brief(source, target) == [("negation_added", "major", "never")]


def test_of_two_negations_the_one_that_nothing_asks_for_was_added():
    source = "Il n’a pas signé le texte, et le maire viendra demain à la réunion."
    target = "He has not signed the text, and the mayor will never come to the meeting."
    assert brief(source, target) == [("negation_added", "minor", "never")]


def test_a_negation_beside_only_is_an_addition():
    source = "Il ne vend que du pain et il aime la mer."
    target = "He sells only bread and does not like the sea."
    assert brief(source, target) == [("negation_added", "minor", "not")]


@pytest.mark.parametrize("text", ["", " \n", "Il n’a pas signé."])
def test_an_empty_side_has_no_issues(text):
    assert brief(text, "") == brief("", text) == []


def test_a_pair_without_data_is_not_checked():
    swedish = Languages("fr", "sv")
    assert not CHECK.knows(swedish)
    assert list(CHECK.find(sentence_pair("Il n’a pas signé.", "Han skrev.", swedish))) == []


def test_french_to_english_is_checked():
    assert CHECK.knows(FRENCH_ENGLISH)


def test_typography_changes_no_span():
    source = unicodedata.normalize(
        "NFD", "\ufeff😀 L\u2019élue n'a\u00a0p\u00adas été là\u202f!\r\n"
    )
    assert brief(source, "She was there!") == [("negation_lost", "critical", "n'", "p\u00adas")]


FRENCH = "ne n’ pas plus que sans refusé impossible aucun seulement"
ENGLISH = "not don’t unless only No. 4"
ODD = "\ud800 \0 e\u0301 😀 \u00ad \ufb01"
WORDS = st.lists(st.sampled_from(f"{FRENCH} {ENGLISH} {ODD}".split(" "))).map(" ".join)


@given(st.text() | WORDS, st.text() | WORDS)
def test_any_two_texts_can_be_checked_and_every_span_lies_in_its_text(source, target):
    for issue in issues(source, target):
        assert all(0 <= span.start < span.end <= len(source) for span in issue.source_spans)
        assert all(0 <= span.start < span.end <= len(target) for span in issue.target_spans)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Le film n’a été vu que par quelques amis.", "The film was seen by a few friends."),
        ("Ce n’est qu’en mars qu’il a parlé.", "He had not spoken in March."),
    ],
)
def test_a_few_and_a_plain_not_restrict_nothing(source, target):
    assert [(each.type, each.severity) for each in issues(source, target)] == [
        ("negation_lost", "minor")
    ]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Ce n’est qu’en mars qu’il a parlé.", "It was not until March that he spoke."),
        ("Le film n’a été vu que par dix amis.", "The film was seen by only ten friends."),
        ("Ils n’ont pas pu empêcher la chute.", "They were unable to prevent the fall."),
        ("Il a omis de le dire.", "He failed to say so."),
        ("Non-lieu pour le maire.", "The case against the mayor has been dropped."),
    ],
)
def test_other_ways_to_deny_and_restrict_are_no_issue(source, target):
    assert issues(source, target) == []
