import pytest

from service.review.composition import CALLED, Composition, opening


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n \nLa ligne rouvre\n\nLe conseil a voté.", "La ligne rouvre"),
        ("La\u00a0météo\u202f: il\tneige 😀", "La météo : il neige 😀"),
        ("a\0b", "ab"),
        ("\r\n\ufeff\n\u00a0\n\ufeffOui.", "Oui."),
        ("", ""),
    ],
)
def test_a_text_is_called_by_its_first_line(text, title):
    assert opening(text) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [("mot " * 100_000, "mot " * (CALLED // 4 - 1) + "mot …"), ("x" * 1_000_000, "x" * 80 + "…")],
)
def test_a_long_line_is_cut_between_words_where_there_are_any(text, title):
    assert opening(text) == title


def test_a_typed_text_has_a_title():
    assert Composition(text="Il neige.\nIl pleut.").article()[0].title == "Il neige."


def test_a_file_is_called_by_its_name_alone():
    file = Composition(file=b"Il neige.", filename="meteo.txt")
    assert file.article()[0].title is None
