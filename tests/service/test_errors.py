from alignment.document import Languages
from service.errors import ArticleTooLong, ServiceError, UnknownModel, UnsupportedPair


def test_every_error_says_what_it_means_and_has_a_status():
    for error in ServiceError.__subclasses__():
        assert error.__doc__
        assert 400 <= error.status < 600


def test_an_unknown_pair_is_told_which_pairs_there_are():
    error = UnsupportedPair(Languages("fr", "tlh"), [Languages("fr", "en"), Languages("de", "en")])
    assert str(error) == "no model translates fr-tlh; the pairs there are: fr-en, de-en"
    assert (error.field, error.value, error.status) == ("target_language", "fr-tlh", 422)


def test_without_any_model_there_are_no_pairs():
    assert str(UnsupportedPair(Languages("fr", "en"), [])).endswith("the pairs there are: none")


def test_a_long_article_is_told_the_limit():
    assert (
        str(ArticleTooLong("text", 12, 10)) == "text: 12 characters are more than the limit of 10"
    )


def test_an_unknown_model_is_told_which_there_are():
    assert str(UnknownModel("x", ["a", "b"])) == "no model is called 'x'; there are: a, b"
