import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.checks.check import SentencePair, sentence_pair
from alignment.checks.gazetteer import gazetteer, same_meaning
from alignment.checks.names import CHECK
from alignment.checks.spelling import NEAR, key, nearness
from alignment.document import FRENCH_ENGLISH, Languages, Link
from alignment.span import Span
from alignment.words import words

WRITTEN = st.text(
    st.sampled_from("Aé ıßKSTz-.’'\"«»OTANU\0\ud800😀\u00ad\u0301\u202fא1\r\n"), max_size=40
)


def found(source, target, links=()):
    """Each issue by type, severity, and the words that it names on either side."""
    pair = sentence_pair(source, target, FRENCH_ENGLISH, links)
    return [
        (
            issue.type,
            issue.severity,
            *(span.of(source) for span in issue.source_spans),
            *(span.of(target) for span in issue.target_spans),
        )
        for issue in CHECK.find(pair)
    ]


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Sergueï", "Sergey"),
        ("Kirienko", "Kiriyenko"),
        ("Poutine", "Putin"),
        ("Eltsine", "Yeltsin"),
        ("Chevtchenko", "Shevchenko"),
        ("Iouchtchenko", "Yushchenko"),
        ("Zelensky", "Zelenskyy"),
        ("Dostoïevski", "Dostoevsky"),
        ("Moubarak", "Mubarak"),
        ("Netanyahou", "Netanyahu"),
        ("Guerguiev", "Gergiev"),
        ("Qaïda", "Qaeda"),
    ],
)
def test_romanisations_of_the_two_languages_have_one_key(french, english):
    plain = (unicodedata.normalize("NFKD", name.lower()) for name in (french, english))
    one, other = ("".join(filter(str.isalpha, name)) for name in plain)
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("kozak", "kazak"), ("sophie", "sofia")])
def test_a_slip_of_the_pen_is_near_and_not_the_same(one, other):
    assert NEAR <= nearness(key(one), key(other)) < 1


def test_another_name_is_not_near():
    assert nearness(key("kozak"), key("petrov")) < NEAR


def test_a_capital_stands_for_its_country_and_not_for_another_town():
    assert same_meaning("RU.moscow", "RU")
    assert not same_meaning("RU.moscow", "RU.petersburg")


def test_the_tables_of_both_languages_mean_the_same_things():
    french, english = (
        {entry.meaning for entries in gazetteer(language).values() for entry in entries}
        for language in ("fr", "en")
    )
    assert french == english


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Dmitri Kozak a quitté Moscou.", "Dmitry Kozak has left Moscow."),
        ("L’Allemagne et les États-Unis négocient.", "Germany and the US are negotiating."),
        ("Les Français ont voté dimanche.", "The French voted on Sunday."),
        ("Le sommet de l’OTAN s’ouvre à Londres.", "The NATO summit opens in London."),
        ("L’OMC a tranché.", "The World Trade Organization has ruled."),
        ("Le rapport du FMI inquiète Pékin.", "The IMF's report worries Beijing."),
        ("Il a reçu M. Ben Laden.", "He received Mr bin Laden."),
        ("Elle vit à Saint-Pétersbourg.", "She lives in St. Petersburg."),
        ("Désormais, tout change.", "From now on, everything changes."),
        ("Le XXIe siècle commence.", "The 21st century begins."),
        ("LE PRÉSIDENT KOZAK DÉMISSIONNE", "President resigns"),
        ("Nicolas Sarkozy a été battu.", "Sarkozy was beaten."),
        ("La crise en Russie s’aggrave.", "Moscow's crisis is getting worse."),
        ("", "Kozak"),
        ("Il voit Kozak.", ""),
    ],
)
def test_a_name_that_is_there_in_any_form_is_no_issue(source, target):
    assert found(source, target) == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_may_be_written_either_way(form):
    source = unicodedata.normalize(form, "Le ministre a rencontré Zoé Périgné à Genève.")
    assert found(source, "The minister met Zoe Perigne in Geneva.") == []


def test_soft_hyphens_and_no_break_spaces_within_a_name_are_nothing():
    source = "Il a vu Ko\u00adzak en Arabie\u00a0saoudite\u202f!"
    assert found(source, "He saw Kozak in Saudi Arabia!") == []


@pytest.mark.parametrize(
    ("source", "target", "issue"),
    [
        (
            "Le président a reçu Dmitri Kozak hier.",
            "The president received Dmitri Petrov yesterday.",
            ("name_changed", "major", "Kozak", "Petrov"),
        ),
        (
            "Le président a reçu Dmitri Kozak hier.",
            "The president received Dmitri Kazak yesterday.",
            ("name_changed", "minor", "Kozak", "Kazak"),
        ),
        (
            "Les troupes ont quitté la Russie en mars.",
            "The troops left Poland in March.",
            ("name_changed", "major", "Russie", "Poland"),
        ),
        (
            "Le diplomate russe a protesté.",
            "The Ukrainian diplomat protested.",
            ("name_changed", "major", "russe", "Ukrainian"),
        ),
        (
            "Le rapport du FMI est attendu.",
            "The WTO's report is expected.",
            ("name_changed", "major", "FMI", "WTO"),
        ),
        (
            "Le concert aura lieu en Corée du Sud.",
            "The concert will be in North Korea.",
            ("name_changed", "major", "Corée du Sud", "North Korea"),
        ),
        (
            "Elle a interrogé Arnaud Wozniak pendant deux heures.",
            "She questioned him for two hours.",
            ("name_lost", "major", "Arnaud Wozniak"),
        ),
        (
            "Le rapport du FMI est attendu.",
            "The report is expected.",
            ("name_lost", "major", "FMI"),
        ),
        (
            "Les corps ont été rapatriés de Beyrouth.",
            "The bodies have been brought home.",
            ("name_lost", "minor", "Beyrouth"),
        ),
        (
            "Le ministre a démissionné.",
            "The minister, a certain Arnaud Wozniak, has resigned.",
            ("name_added", "major", "Arnaud Wozniak"),
        ),
        (
            "Le congrès aura lieu en mai.",
            "The congress will be held in Lisbon in May.",
            ("name_added", "minor", "Lisbon"),
        ),
    ],
)
def test_a_name_that_is_another_or_missing_or_new_is_found(source, target, issue):
    assert found(source, target) == [issue]


def test_an_article_with_a_capital_makes_a_name_of_any_word():
    assert found("Interrogée par Le Monde, elle dément.", "Asked by Le Figaro, she denies it.") == [
        ("name_changed", "major", "Monde", "Figaro")
    ]


def test_links_say_which_name_stands_for_which():
    source, target = "Il a vu Brzezik puis Wozniak.", "He saw Okafor, then Lindqvist."
    link = Link(Span(8, 15), Span(20, 29), 1.0)
    assert found(source, target, [link]) == [
        ("name_changed", "major", "Brzezik", "Lindqvist"),
        ("name_changed", "major", "Wozniak", "Okafor"),
    ]


def test_the_explanation_names_both_names():
    pair = sentence_pair("Il a vu Wozniak.", "He saw Okafor.", FRENCH_ENGLISH)
    (issue,) = CHECK.find(pair)
    assert issue.explanation == (
        "the original names “Wozniak”; the translation has “Okafor” in its place"
    )


def test_offsets_count_code_points_after_an_emoji_and_a_byte_order_mark():
    source = "\ufeff😀 Il a vu Wozniak\u202f!"
    assert found(source, "He saw her!") == [("name_lost", "minor", "Wozniak")]


@pytest.mark.parametrize(
    ("languages", "known"),
    [(FRENCH_ENGLISH, True), (Languages("fr", "ja"), False), (Languages("cs", "en"), False)],
)
def test_a_pair_without_tables_is_not_checked(languages, known):
    assert CHECK.knows(languages) is known


@given(WRITTEN | st.text(max_size=40), WRITTEN | st.text(max_size=40))
def test_any_text_is_read_and_every_span_is_inside(source, target):
    pair = SentencePair(
        source, target, tuple(words(source)), tuple(words(target)), (), FRENCH_ENGLISH
    )
    for issue in CHECK.find(pair):
        assert issue.type in CHECK.types
        assert all(0 <= one.start < one.end <= len(source) for one in issue.source_spans)
        assert all(0 <= one.start < one.end <= len(target) for one in issue.target_spans)


@pytest.mark.parametrize(
    ("source", "target", "lost"),
    [
        (
            "Stellantis rappelle 4 000 voitures.",
            "The carmaker is recalling 4,000 cars.",
            "Stellantis",
        ),
        ("La mer Rouge reste dangereuse.", "The Black Sea remains dangerous.", "mer Rouge"),
        ("Le club de Saint-Zorin descend.", "Saint-Malven go down.", "Saint-Zorin"),
    ],
)
def test_a_name_is_missed_wherever_it_stands(source, target, lost):
    assert lost in [words for issue in found(source, target) for words in issue[2:]]


def test_a_verb_that_begins_a_sentence_is_no_name():
    assert found("Attablé devant son déjeuner, il attend.", "He sits waiting over lunch.") == []


@pytest.mark.parametrize(
    ("source", "target", "issue"),
    [
        (
            "Carrefour et ses rivaux ont signé.",
            "Supermarkets and their rivals have signed.",
            ("name_lost", "minor", "Carrefour"),
        ),
        (
            "Claire Delmas part demain.",
            "Clara Delmas leaves tomorrow.",
            ("name_changed", "minor", "Claire", "Clara"),
        ),
        (
            "L’exposition se tient au musée d’Orsay.",
            "The exhibition is at the museum.",
            ("name_lost", "minor", "Orsay"),
        ),
        (
            "Les députés allemands ont voté.",
            "The MPs voted.",
            ("name_lost", "minor", "allemands"),
        ),
        (
            "La Cour de cassation a tranché.",
            "The Court of Appeal has ruled.",
            ("name_changed", "minor", "Cour de cassation", "Court of Appeal"),
        ),
        (
            "Le président a reçu les ambassadeurs.",
            "President Macron received the ambassadors.",
            ("name_added", "minor", "President Macron"),
        ),
    ],
)
def test_a_name_of_ordinary_words_is_missed(source, target, issue):
    assert issue in found(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Carrefour et ses rivaux ont signé.", "Carrefour and its rivals have signed."),
        ("Claire Delmas part demain.", "Claire Delmas leaves tomorrow."),
        ("La construction a commencé.", "Building has begun."),
        ("L’exposition se tient au musée d’Orsay.", "The exhibition is at the Musée d'Orsay."),
        ("Le don de l’État a été refusé.", "The public donation was refused."),
        ("Il a payé cent couronnes tchèques.", "He paid one hundred crowns."),
        ("La Cour de cassation a tranché.", "The Court of Cassation has ruled."),
        ("Il vit en Corée du Sud.", "He lives in South Korea."),
        ("Les Messins ont perdu.", "Metz lost."),
    ],
)
def test_a_name_of_ordinary_words_that_is_answered_is_no_issue(source, target):
    assert found(source, target) == []
