import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.checks.check import sentence_pair
from alignment.checks.hedging import CHECK
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


def test_a_report_that_became_a_fact_is_explained_where_it_stands():
    assert issues("Le trésorier aurait menti.", "The treasurer lied.") == [
        Issue(
            "hedge_lost",
            "major",
            "the French says “aurait menti”, which reports without vouching for it; "
            "nothing in the English does",
            (Span(13, 25),),
        )
    ]


@pytest.mark.parametrize(
    "target",
    [
        "The treasurer reportedly lied.",
        "The treasurer allegedly lied.",
        "The treasurer is said to have lied.",
        "The treasurer may have lied.",
        "The treasurer would have lied.",
        "The treasurer seems to have lied.",
        "The treasurer is believed to have lied.",
        "The treasurer is accused of lying.",
    ],
)
def test_a_report_has_many_counterparts(target):
    assert brief("Le trésorier aurait menti.", target) == []


@pytest.mark.parametrize(
    "target", ["He suggested a need to leave.", "He looked at what is to come."]
)
def test_a_need_and_a_suggestion_are_no_counterpart_of_a_report(target):
    assert brief("Il aurait suggéré de partir.", target) == [
        ("hedge_lost", "major", "aurait suggéré")
    ]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "Selon la radio, le trésorier aurait menti.",
            "According to the radio, the treasurer lied.",
        ),
        ("Des civils auraient péri, selon une ONG.", "Civilians have died, an NGO says."),
        ("D’après un proche, il songerait à partir.", "A friend says he is thinking of leaving."),
    ],
)
def test_a_report_left_to_the_speaker_whom_the_french_names_is_no_loss(source, target):
    assert brief(source, target) == []


def test_a_report_left_to_a_speaker_of_another_clause_is_a_minor_loss():
    source = "Le trésorier, qui aurait menti, projetait selon la radio de partir."
    target = "According to the radio, the treasurer, who lied, was planning to leave."
    assert brief(source, target) == [("hedge_lost", "minor", "aurait menti")]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("L’homme aurait agi seul.", "Investigators suspect the man acted alone."),
        ("Le chef serait mort.", "There are reports that the leader is dead."),
        ("Vingt ouvriers seraient sous les décombres.", "Twenty workers are feared buried."),
        ("L’ancien juge serait sur le point d’être nommé.", "The former judge is tipped for it."),
        ("La facture devrait dépasser le milliard.", "The bill is on course to exceed a billion."),
        ("Le tueur présumé a avoué.", "The suspect confessed to the killing."),
        ("Elle est sans doute la meilleure.", "She must be the best."),
        ("On ignore si le ministre viendra.", "It is unclear whether the minister might come."),
        ("Les syndicats redoutent une grève.", "The unions fear there may be a strike."),
        ("Le comité n’exclut pas de sanctions.", "The committee may impose sanctions."),
        ("Il est accusé de fraude.", "He allegedly committed fraud."),
    ],
)
def test_a_doubt_may_be_put_freely(source, target):
    assert brief(source, target) == []


def test_a_suspect_is_no_doubt_about_what_he_did():
    assert brief("Le suspect aurait fui.", "The suspect fled.") == [
        ("hedge_lost", "major", "aurait fui")
    ]


def test_a_speaker_within_the_verb_keeps_all_of_the_doubt():
    source = "Le trésorier aurait, selon la radio, menti."
    assert brief(source, "According to the radio, the treasurer lied.") == []


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("Le bilan s’élèverait à six morts.", "The toll stands at six.", "élèverait"),
        ("Il a peut-être fui.", "He has fled.", "peut-être"),
        ("Le voleur présumé a fui.", "The thief has fled.", "présumé"),
        ("Il semble que le feu ait pris ici.", "The fire started here.", "semble"),
        ("La loi pourrait passer.", "The bill passes.", "pourrait"),
        ("Il aidera éventuellement sa mère.", "He eventually helps her.", "éventuellement"),
    ],
)
def test_a_doubt_that_is_gone_is_a_major_loss(source, target, words):
    assert brief(source, target) == [("hedge_lost", "major", words)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Il a peut-être fui.", "He may have fled."),
        ("Il viendra sans doute.", "He will probably come."),
        ("S’il avait su, il aurait agi.", "Had he known, he would have acted."),
        ("Elle a dit qu’elle viendrait.", "She said she will come."),
        ("Il pourrait pleuvoir.", "It might rain."),
        ("La loi devrait passer.", "The bill is expected to pass."),
        ("Le livre vient de paraître.", "The book has just come out."),
        ("Il montrait la mer.", "He was showing the sea."),
    ],
)
def test_a_faithful_sentence_is_left_alone(source, target):
    assert brief(source, target) == []


def test_two_reports_with_one_answer_are_a_minor_loss_of_the_farther_one():
    source = "Le trésorier aurait menti, puis il aurait quitté le pays."
    target = "The treasurer reportedly lied, then he left the country."
    assert brief(source, target) == [("hedge_lost", "minor", "aurait quitté")]


def test_links_say_which_of_two_reports_is_answered():
    source = "Parti hier, il aurait menti ; elle aurait fui."
    target = "She reportedly fled; he lied."
    fled = Link(Span(*_at(source, "fui")), Span(*_at(target, "fled")), 0.9)
    lied = Link(Span(*_at(source, "menti")), Span(*_at(target, "lied")), 0.9)
    (issue,) = issues(source, target, (fled, lied))
    assert [span.of(source) for span in issue.source_spans] == ["aurait menti"]
    assert [span.of(target) for span in issue.target_spans] == ["lied"]


def _at(text, words):
    start = text.index(words)
    return start, start + len(words)


def test_a_report_that_the_french_makes_a_fact_is_a_major_addition():
    source, target = "Le trésorier a menti.", "The treasurer reportedly lied."
    assert brief(source, target) == [("hedge_added", "major", "reportedly")]


def test_a_perhaps_that_the_french_has_not_is_a_minor_addition():
    source, target = "Le trésorier a menti.", "Perhaps the treasurer lied."
    assert brief(source, target) == [("hedge_added", "minor", "Perhaps")]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Elle peut venir.", "She may come."),
        ("Le procès s’ouvre le 3 mai.", "The trial opens on 3 May."),
        ("Le risque est grand.", "It could be a great danger."),
    ],
)
def test_a_may_that_something_in_the_french_allows_is_no_addition(source, target):
    assert brief(source, target) == []


@pytest.mark.parametrize("source", ["", " \n", "Il aurait menti."])
def test_an_empty_side_has_no_issues(source):
    assert brief(source, "") == brief("", source) == []


def test_a_pair_without_data_is_not_checked():
    swedish = Languages("fr", "sv")
    assert not CHECK.knows(swedish)
    assert list(CHECK.find(sentence_pair("Il aurait menti.", "Han ljög.", swedish))) == []


def test_french_to_english_is_checked():
    assert CHECK.knows(FRENCH_ENGLISH)


def test_typography_changes_no_span():
    source = unicodedata.normalize("NFD", "\ufeff😀 L\u2019élu aurait\u00a0été évincé\u202f!\r\n")
    (found,) = brief(source, "The councillor was ousted!")
    assert found == (
        "hedge_lost",
        "major",
        unicodedata.normalize("NFD", "aurait\u00a0été évincé"),
    )


FRENCH = "aurait menti peut-être si avait Selon , qu’il serait mai é"
ENGLISH = "would may reportedly said"
ODD = "\ud800 \0 e\u0301 😀 \u00ad \ufb01"
WORDS = st.lists(st.sampled_from(f"{FRENCH} {ENGLISH} {ODD}".split(" "))).map(" ".join)


@given(st.text() | WORDS, st.text() | WORDS)
def test_any_two_texts_can_be_checked_and_every_span_lies_in_its_text(source, target):
    for issue in issues(source, target):
        assert all(0 <= span.start < span.end <= len(source) for span in issue.source_spans)
        assert all(0 <= span.start < span.end <= len(target) for span in issue.target_spans)
