import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.checks.figures import figures
from alignment.checks.numerals import numbering
from alignment.span import Span

FRENCH, ENGLISH = numbering("fr"), numbering("en")


def said(text, numbers):
    """The words of each figure that counts, and its likeliest value."""
    return [
        (figure.span.of(text), figure.readings[0].value)
        for figure in figures(text, numbers)
        if figure.kind != "allusion"
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1\u202f234\u202f567,8", 1_234_567.8),
        ("1.234.567", 1_234_567),
        ("12,5", 12.5),
        ("3,125", 3.125),
        ("vingt et un", 21),
        ("soixante et onze", 71),
        ("soixante-dix", 70),
        ("soixante-dix-sept", 77),
        ("quatre-vingts", 80),
        ("quatre-vingt-dix-sept", 97),
        ("Quatre vingt douze", 92),
        ("septante-cinq", 75),
        ("huitante", 80),
        ("nonante-neuf", 99),
        ("cent cinq", 105),
        ("deux cents", 200),
        ("mille neuf cent quatre-vingt-quatre", 1984),
        ("deux mille vingt-quatre", 2024),
        ("deux cent mille", 200_000),
        ("un million deux cent mille", 1_200_000),
        ("2,5 milliards", 2.5e9),
        ("mille milliards", 1e12),
        ("un billion", 1e12),
        ("2 500 millions", 2.5e9),
        ("deux tiers", 2 / 3),
        ("trois quarts", 0.75),
        ("la moitié", 0.5),
        ("trois cinquièmes", 0.6),
        ("une dizaine", 10),
        ("des dizaines de milliers", 10_000),
        ("deux ans et demi", 2.5),
        ("un million et demi", 1.5e6),
        ("21e", 21),
        ("2ᵉ", 2),
        ("3ème", 3),
        ("1re", 1),
        ("XXIe", 21),
        ("Louis XIV", 14),
        ("vingt-deuxième", 22),
        ("dix-huitième", 18),
        ("½", 0.5),
    ],
)
def test_a_number_in_french_has_its_value(text, value):
    assert [found for _, found in said(text, FRENCH)] == [pytest.approx(value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", 1234),
        ("1,234,567.8", 1_234_567.8),
        ("1 234", 1234),
        ("12.5", 12.5),
        ("twenty-one", 21),
        ("a hundred and five", 105),
        ("one hundred five", 105),
        ("two hundred and five thousand", 205_000),
        ("2.5 billion", 2.5e9),
        ("$2.5bn", 2.5e9),
        ("€14m", 1.4e7),
        ("€30k", 30_000),
        ("2,500 million", 2.5e9),
        ("67 thousand million", 6.7e10),
        ("half a million", 500_000),
        ("a million and a half", 1.5e6),
        ("one and a half million", 1.5e6),
        ("two and a half years", 2.5),
        ("two-thirds", 2 / 3),
        ("a third of", 1 / 3),
        ("three quarters", 0.75),
        ("a dozen", 12),
        ("tens of thousands", 10_000),
        ("the nineteen seventies", 1970),
        ("21st", 21),
        ("twenty-first", 21),
        ("one hundred fiftieth", 150),
        ("the 1990s", 1990),
        ("Elizabeth II", 2),
    ],
)
def test_a_number_in_english_has_its_value(text, value):
    assert [found for _, found in said(text, ENGLISH)] == [pytest.approx(value)]


@pytest.mark.parametrize(
    ("text", "numbers", "expected"),
    [
        ("entre cent et deux cents", FRENCH, [("cent", 100), ("deux cents", 200)]),
        (
            "between a hundred and two hundred",
            ENGLISH,
            [("a hundred", 100), ("two hundred", 200)],
        ),
        ("un score de 2-1", FRENCH, [("2", 2), ("1", 1)]),
        ("2014-2015", FRENCH, [("2014", 2014), ("2015", 2015)]),
        ("en 2012 118 800", FRENCH, [("2012", 2012), ("118 800", 118_800)]),
        ("quatre, cinq", FRENCH, [("quatre", 4), ("cinq", 5)]),
        ("$9 ($14)", ENGLISH, [("$9", 9), ("$14", 14)]),
        ("46 cents", FRENCH, [("46", 46)]),
        ("https://exemple.fr/2024/12 et 3", FRENCH, [("3", 3)]),
        ("l’Inde, la Vie et Ivry", FRENCH, []),
        ("un homme, une femme", FRENCH, []),
        ("I may march on", ENGLISH, []),
    ],
)
def test_numbers_that_stand_side_by_side_are_apart(text, numbers, expected):
    assert said(text, numbers) == expected


@pytest.mark.parametrize(
    ("text", "numbers", "unit"),
    [
        ("12,5\u00a0%", FRENCH, "percent"),
        ("12,5 pour cent", FRENCH, "percent"),
        ("2 points de pourcentage", FRENCH, "points"),
        ("3 milliards d’euros", FRENCH, "euro"),
        ("2,5 M€", FRENCH, "euro"),
        ("60km", FRENCH, "kilometre"),
        ("trois derniers mois", FRENCH, "month"),
        ("- 17 °C", FRENCH, "celsius"),
        ("12.5 per cent", ENGLISH, "percent"),
        ("two percentage points", ENGLISH, "points"),
        ("US$14 million", ENGLISH, "dollar"),
        ("CHF 20", ENGLISH, "franc"),
        ("30-million-euro", ENGLISH, "euro"),
        ("5 feet", ENGLISH, "foot"),
    ],
)
def test_what_a_number_counts_belongs_to_it(text, numbers, unit):
    assert [(each.span, each.unit) for each in figures(text, numbers)] == [
        (Span(0, len(text)), unit)
    ]


def test_the_unit_of_a_range_is_that_of_both_its_ends():
    ten, fifteen = figures("10 à 15 %", FRENCH)
    assert (ten.unit, ten.shared, fifteen.unit, fifteen.shared) == (
        "percent",
        True,
        "percent",
        False,
    )


@pytest.mark.parametrize(
    ("text", "numbers", "minutes"),
    [
        ("18\u00a0h\u00a030", FRENCH, [1110]),
        ("18h30", FRENCH, [1110]),
        ("6 heures du soir", FRENCH, [1080]),
        ("9 h 30", FRENCH, [570]),
        ("ce soir à 8 h 30", FRENCH, [510, 1230]),
        ("6:30 p.m.", ENGLISH, [1110]),
        ("6.30pm", ENGLISH, [1110]),
        ("12 a.m.", ENGLISH, [0]),
        ("6:30", ENGLISH, [390, 1110]),
        ("18:30", ENGLISH, [1110]),
        ("noon", ENGLISH, [720]),
    ],
)
def test_a_time_of_day_is_read_in_minutes_after_midnight(text, numbers, minutes):
    (time,) = figures(text, numbers)
    assert [each.value for each in time.readings if each.scheme == "t"] == minutes


@pytest.mark.parametrize(
    ("text", "numbers", "kinds"),
    [
        ("le 12 mars 2024", FRENCH, ["date", "month", "date"]),
        ("mardi 1er mai", FRENCH, ["weekday", "date", "month"]),
        ("la planète Mars", FRENCH, ["allusion"]),
        ("March 12, 2024", ENGLISH, ["month", "date", "date"]),
        ("in May", ENGLISH, ["month"]),
        ("it may", ENGLISH, ["allusion"]),
        ("31/12/2024", FRENCH, ["date"]),
        ("les années 90", FRENCH, ["date"]),
        ("the '90s", ENGLISH, ["date"]),
    ],
)
def test_dates_are_known_for_dates(text, numbers, kinds):
    assert [figure.kind for figure in figures(text, numbers)] == kinds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("🤔 12 % 🤔", "12 %"),
        ("de\u0301cembre", "de\u0301cembre"),
        ("qua\u00adtre", "qua\u00adtre"),
        ("trois\r\ncents", "trois\r\ncents"),
        ("\ufeff3\u202fmilliards d’euros", "3\u202fmilliards d’euros"),
        ("ﬁn 2\u00a0500 ﬁn", "2\u00a0500"),
        ("عام 2024", "2024"),
        ("\ud800 7 \udc00", "7"),
    ],
)
def test_a_figure_stands_where_the_text_has_it(text, expected):
    assert [figure.span.of(text) for figure in figures(text, FRENCH)] == [expected]


SIGNS = st.sampled_from("0123456789 ,.%€$-/:h'’\u00a0\u202f\ud800")
SPELT = "cent mille un de demi millions half and a hundred mars May XX e p.m. second of"
WORDS = st.sampled_from(SPELT.split())


@pytest.mark.parametrize("numbers", [FRENCH, ENGLISH], ids=["fr", "en"])
@given(parts=st.lists(SIGNS | WORDS | st.characters()))
def test_figures_run_forward_inside_any_text(numbers, parts):
    text = "".join(parts)
    end = 0
    for figure in figures(text, numbers):
        assert end <= figure.span.start < figure.span.end <= len(text)
        assert figure.readings
        end = figure.span.end


def test_nothing_is_known_of_the_numbers_of_a_language_without_a_table():
    assert numbering("xx") is None
