import pytest

from service.engine.quoting import requoted


@pytest.mark.parametrize(
    ("source", "target", "quoted"),
    [
        ("Un « succès ».", "A 'success'.", 'A "success".'),
        ('Il dit : "Non."', "He says: 'No.'", 'He says: "No."'),
        ("“Oui”, dit-elle.", "'Yes', she says.", '"Yes", she says.'),
        ("« Les droits des ouvriers »", "'The workers' rights'", '"The workers\' rights"'),
        ("« Oui » et « non »", "'Yes' and 'no'", '"Yes" and "no"'),
        ("C’est fini. »", "It's over.'", "It's over.\""),
        ("« Je pars", "'I leave", '"I leave'),
        ("Le « rock » de '90", "The 'rock' of the '90s", 'The "rock" of the \'90s'),
    ],
)
def test_apostrophes_that_quote_become_the_marks_of_the_original(source, target, quoted):
    assert requoted(source, target) == quoted
    assert len(quoted) == len(target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Les droits des ouvriers", "The workers' rights"),
        ("C’est « fini »", 'It\'s "over"'),
        ("Elle a dit 'oui'", "She said 'yes'"),
        ("Un « succès » des ouvriers", "The workers' success"),
        ("« Il a dit 'oui' »", "\"He said 'yes'\""),
        ("« »", ""),
    ],
)
def test_what_the_original_does_not_quote_so_is_left_alone(source, target):
    assert requoted(source, target) == target


def test_no_more_marks_come_in_than_the_original_has():
    assert requoted('un "mot', "a 'word' or 'two'") == "a \"word' or 'two'"
