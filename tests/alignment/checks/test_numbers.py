import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.checks.check import sentence_pair
from alignment.checks.numbers import CHECK
from alignment.document import FRENCH_ENGLISH, Languages, Link
from alignment.span import Span


def found(source, target, links=()):
    """The type and severity of each issue, with the words that it points to on both sides."""
    return [
        (
            issue.type,
            issue.severity,
            [span.of(source) for span in issue.source_spans],
            [span.of(target) for span in issue.target_spans],
        )
        for issue in CHECK.find(sentence_pair(source, target, FRENCH_ENGLISH, links))
    ]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Il a perdu 1\u202f234 voix.", "He lost 1,234 votes."),
        ("Le taux atteint 12,5\u00a0%.", "The rate stands at 12.5 percent."),
        ("Le taux atteint 12,5 pour cent.", "The rate is 12.5%."),
        ("un budget de 2,5 milliards d’euros", "a budget of €2.5 billion"),
        ("un budget de 2,5 milliards d’euros", "a budget of 2,500 million euros"),
        ("mille milliards de dollars", "a trillion dollars"),
        ("quatre-vingt-dix-sept élus", "97 councillors"),
        ("la moitié des sièges", "50% of the seats"),
        ("un quart des élus", "a quarter of the councillors"),
        ("deux tiers des voix", "two-thirds of the vote"),
        ("une douzaine de témoins", "12 witnesses"),
        ("une dizaine de témoins", "about ten witnesses"),
        ("des dizaines de milliers de gens", "tens of thousands of people"),
        ("au XXIe siècle", "in the 21st century"),
        ("dans les années 90", "in the 1990s"),
        ("sous Louis XIV", "under Louis XIV"),
        ("le 12 mars 2024", "on March 12, 2024"),
        ("le 12 mars 2024", "on 12/03/2024"),
        ("le 12/03/2024", "on March 12, 2024"),
        ("le 12/03/2024", "on 03/12/2024"),
        ("le 11 septembre", "on 9/11"),
        ("à 18\u00a0h\u00a030", "at 6:30 p.m."),
        ("à 18 heures", "at 6 pm"),
        ("pendant 18 heures", "for 18 hours"),
        ("à midi", "at noon"),
        ("entre 10 et 15 millions", "between 10 million and 15 million"),
        ("de 10 à 15 %", "from 10% to 15%"),
        ("battus 2-1", "beaten 2-1"),
        ("deux fois", "twice"),
        ("les deux candidats", "both candidates"),
        ("un homme et une femme", "one man and a woman"),
        ("la première fois", "the first time"),
        ("pendant dix ans", "for a decade"),
        ("un an et demi", "eighteen months"),
        ("en deux ans et demi", "in two and a half years"),
        ("il fait -5 °C", "it is minus 5 degrees Celsius"),
        ("les 8es de finale", "the last 16"),
        ("dans la nuit de jeudi à vendredi", "early on Friday"),
        ("saison 1971-1972", "the 1971-72 season"),
        ("en 2012, puis encore en 2012", "in 2012, and again that year: 2012"),
        ("il a dit 7, oui, 7", "he said 7"),
        ("2,5 M€ de dettes", "debts of €2.5m"),
        ("Menés 2-0 à la pause", "Trailing 2-0 at half-time"),
    ],
)
def test_a_number_written_as_the_other_language_does_is_the_same(source, target):
    assert found(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "type_", "here", "there"),
    [
        ("Il y a 47 élus.", "There are 74 councillors.", "number_changed", "47", "74"),
        ("trente morts", "thirteen dead", "number_changed", "trente", "thirteen"),
        ("deux morts", "three dead", "number_changed", "deux", "three"),
        ("la moitié des voix", "a third of the votes", "number_changed", "moitié", "a third"),
        ("Les prix ont doublé.", "Prices have tripled.", "number_changed", "doublé", "tripled"),
        ("une centaine de gens", "a dozen people", "number_changed", "une centaine", "a dozen"),
        ("Louis XIV", "Louis XVI", "number_changed", "XIV", "XVI"),
        ("3 millions", "3 billion", "unit_changed", "3 millions", "3 billion"),
        ("un billion", "a billion", "unit_changed", "un billion", "a billion"),
        ("3 %", "3 percentage points", "unit_changed", "3 %", "3 percentage points"),
        ("3 % des voix", "3 of the votes", "unit_changed", "3 %", "3"),
        ("20 €", "$20", "unit_changed", "20 €", "$20"),
        ("20 km", "20 miles", "unit_changed", "20 km", "20 miles"),
        ("trois mois", "three years", "unit_changed", "trois mois", "three years"),
        ("le 3 juin", "on July 3", "date_changed", "juin", "July"),
        ("lundi soir", "on Tuesday evening", "date_changed", "lundi", "Tuesday"),
        ("depuis 1998", "since 1989", "date_changed", "1998", "1989"),
        ("à 18 h 30", "at 8:30 p.m.", "date_changed", "18 h 30", "8:30 p.m."),
        ("à 9 h", "at 9 p.m.", "date_changed", "9 h", "9 p.m."),
        ("à midi", "at midnight", "date_changed", "midi", "midnight"),
        ("3,125 %", "3,125 percent", "number_changed", "3,125 %", "3,125 percent"),
    ],
)
def test_a_changed_number_is_major_and_shown_on_both_sides(source, target, type_, here, there):
    assert found(source, target) == [(type_, "major", [here], [there])]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Il a 12 000 élèves.", "He has pupils.", ("number_lost", "major", ["12 000"], [])),
        ("Il a quinze élèves.", "He has pupils.", ("number_lost", "major", ["quinze"], [])),
        ("Il a deux élèves.", "He has pupils.", ("number_lost", "minor", ["deux"], [])),
        (
            "Il a des milliers d’amis.",
            "He has friends.",
            ("number_lost", "minor", ["milliers"], []),
        ),
        ("Il a des élèves.", "He has 30 pupils.", ("number_added", "major", [], ["30"])),
        ("Il a des élèves.", "He has nine pupils.", ("number_added", "minor", [], ["nine"])),
        ("Il part en juin.", "He is leaving.", ("date_changed", "major", ["juin"], [])),
        ("Il part jeudi.", "He is leaving.", ("date_changed", "minor", ["jeudi"], [])),
    ],
)
def test_a_number_on_one_side_only_weighs_as_much_as_it_claims(source, target, expected):
    assert found(source, target) == [expected]


def test_a_conversion_is_worth_a_glance():
    assert found("à 100 km d’ici", "62 miles from here") == [
        ("unit_changed", "minor", ["100 km"], ["62 miles"])
    ]


def test_a_conversion_beside_the_original_is_nothing():
    assert found("à 100 km d’ici", "100 km (62 miles) from here") == []


def test_a_temperature_below_zero_keeps_its_sign():
    assert found("Il a fait - 17 °C.", "It was 17 degrees.") == [
        ("number_changed", "major", ["- 17 °C"], ["17 degrees"])
    ]


def test_links_tell_which_number_became_which():
    source, target = "21 femmes et 33 hommes", "45 men and 21 women, 52 of them young"
    links = [Link(Span(13, 15), Span(22, 24), 0.9)]
    assert found(source, target, links)[0] == ("number_changed", "major", ["33"], ["52"])


def test_the_explanation_names_the_words():
    (issue,) = CHECK.find(sentence_pair("47 élus", "74 councillors", FRENCH_ENGLISH))
    assert issue.explanation == "The French says “47”, the English “74”."


@pytest.mark.parametrize(("source", "target"), [("12", ""), ("", "12"), (" ", "12"), ("", "")])
def test_a_sentence_without_counterpart_is_left_to_others(source, target):
    assert found(source, target) == []


@pytest.mark.parametrize(
    ("languages", "known"),
    [(FRENCH_ENGLISH, True), (Languages("en", "fr"), True), (Languages("fr", "de"), False)],
)
def test_both_languages_have_to_be_known(languages, known):
    assert CHECK.knows(languages) is known


WORDS = (
    "12|%| |million|milliards|mars|May|18 h 30|p.m.|€|deux|XIV|1er|°C|-|half|lundi|Friday|,|\u202f"
)
TEXT = st.text() | st.lists(st.sampled_from(WORDS.split("|"))).map("".join)


@given(TEXT, TEXT)
def test_every_span_lies_inside_its_text(source, target):
    for issue in CHECK.find(sentence_pair(source, target, FRENCH_ENGLISH)):
        assert issue.type in CHECK.types
        assert all(0 <= start < end <= len(source) for start, end in issue.source_spans)
        assert all(0 <= start < end <= len(target) for start, end in issue.target_spans)


@given(TEXT)
def test_a_text_says_what_it_says(text):
    languages = Languages("fr", "fr")
    assert list(CHECK.find(sentence_pair(text, text, languages))) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Une famille sur trois est concernée.", "A third of families are affected."),
        ("Un Français sur dix vit seul.", "Ten per cent of French people live alone."),
        ("Un nouveau-né sur mille en meurt.", "It kills 0.1% of newborns."),
        ("Trois élèves sur quatre ont réussi.", "Three quarters of the pupils passed."),
        ("Les trois quarts des élèves ont réussi.", "Three in four pupils passed."),
        ("Le train part à 20 h 30.", "The train leaves at half past eight in the evening."),
        ("Le XIXe siècle a vu naître l’usine.", "The factory was born in the 1800s."),
    ],
)
def test_a_number_may_be_rendered_freely(source, target):
    assert found(source, target) == []


def test_a_share_that_is_another_one_is_still_found():
    source, target = "Une famille sur trois est concernée.", "A fifth of families are affected."
    assert [issue[0] for issue in found(source, target)] == ["number_changed"]
