from __future__ import annotations

import pytest

from alignment.checks.untranslated import CHECK, echoes
from tests.alignment.checks.whole import told


def test_an_echo_is_critical():
    text = "Les pompiers cherchent encore deux randonneurs."
    assert told(CHECK, text, text) == [("untranslated", "critical", [text], [text])]


@pytest.mark.parametrize(
    ("source", "target", "left"),
    [
        (
            "Le maire a parlé dans le cadre de la campagne.",
            "The mayor spoke dans le cadre de the campaign.",
            "dans le cadre de",
        ),
        (
            "« Le froid est déjà là », dit-elle.",
            "“The cold est déjà là,” she says.",
            "est déjà là",
        ),
        (
            "La chanteuse est venue mardi et elle a offert un concert surprise aux passants.",
            "The singer came on Tuesday and she offert un concert surprise aux passants.",
            "offert un concert surprise aux",
        ),
    ],
)
def test_a_run_of_french_words_is_major(source, target, left):
    (issue,) = told(CHECK, source, target)
    assert (issue[1], issue[3]) == ("major", [left])


@pytest.mark.parametrize(
    ("source", "target", "left"),
    [
        ("Les éboueurs sont en grève.", "The éboueurs are on strike.", "éboueurs"),
        ("Le chômage a baissé.", "The chômage has fallen.", "chômage"),
        ("Les e\u0301boueurs se taisent.", "The e\u0301boueurs are silent.", "e\u0301boueurs"),
    ],
)
def test_a_single_french_word_is_minor(source, target, left):
    assert told(CHECK, source, target) == [("untranslated", "minor", [left], [left])]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("La cuisine du restaurant est fermée.", "The cuisine of the restaurant is closed."),
        ("Le café de la gare rouvre.", "The station café is reopening."),
        (
            "L’Institut national de la statistique et des études économiques publie demain ses "
            "chiffres du chômage pour le printemps.",
            "The Institut national de la statistique et des études économiques will publish its "
            "spring unemployment figures tomorrow.",
        ),
        ("Il vit rue de la Paix, à Paris.", "He lives in rue de la Paix, in Paris."),
        ("C’est la raison d’être du club.", "It is the club’s raison d’être."),
        ("Elle a lu « la peste et le feu » hier.", "She read “la peste et le feu” yesterday."),
    ],
)
def test_names_titles_and_borrowed_words_may_stay(source, target):
    assert told(CHECK, source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (
            "La ministre refuse toujours de répondre",
            "La ministre refuse toujours de répondre",
            True,
        ),
        ("Jean Dupont , Marie Curie", "Jean Dupont , Marie Curie", False),
        ("Il dort depuis très longtemps", "He has slept for a very long time", False),
    ],
)
def test_an_echo_says_the_plain_words_of_the_original(source, target, expected):
    assert echoes(source, target) is expected


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "Le préfet a signé un arrêté interdisant les feux d’artifice.",
            "The prefect signed an arrêté banning fireworks.",
        ),
        (
            "Les éboueurs reprendront le travail jeudi.",
            "Éboueurs will go back to work on Thursday.",
        ),
        (
            "La cour d’appel a confirmé le jugement.",
            "The cour d’appel upheld the ruling.",
        ),
        (
            "Le maire a visité le chantier de la crèche.",
            "The mayor visited the chantier of the nursery.",
        ),
        (
            "L’usine emploie 300 ouvriers à Roanne.",
            "The usine employs 300 workers in Roanne.",
        ),
        (
            "Le procès s’ouvrira le 12 février à Nantes.",
            "The trial will open in Nantes on 12 février.",
        ),
        (
            "Le scrutin aura lieu dimanche prochain.",
            "The vote will take place next dimanche.",
        ),
        (
            "Mme Ferrand a remercié les bénévoles.",
            "Mme Ferrand thanked the volunteers.",
        ),
        (
            "M. Delorme a présenté ses excuses.",
            "M. Delorme apologised.",
        ),
        (
            "Le blessé a été transporté à l’hôpital par hélicoptère.",
            "The injured man was flown à l’hôpital by helicopter.",
        ),
        (
            "Les pompiers ont mis deux heures à éteindre le feu.",
            "Firefighters took two hours to éteindre the fire.",
        ),
        (
            "Le gouvernement veut relever le plafond de la dette.",
            "The government wants to raise the plafond of the debt.",
        ),
        (
            "Le tribunal de commerce a prononcé la liquidation.",
            "The tribunal de commerce ordered the liquidation.",
        ),
        (
            "Les agriculteurs ont bloqué l’autoroute pendant la nuit.",
            "Farmers blocked the motorway pendant la nuit.",
        ),
        (
            "Le taux de chômage des jeunes atteint 20 %.",
            "The taux de chômage among young people stands at 20%.",
        ),
        (
            "Cette loi entrera en vigueur en janvier.",
            "Cette law will come into force in January.",
        ),
        (
            "Les soldats ont quitté la ville sans combattre.",
            "The soldiers left the city sans combattre.",
        ),
        (
            "La grève des cheminots se poursuit malgré les négociations.",
            "The cheminots’ strike continues despite the negotiations.",
        ),
        (
            "Le colis pesait quatre tonnes.",
            "The colis weighed four tonnes.",
        ),
        (
            "Le pétrolier s’est échoué à trois milles des côtes.",
            "The pétrolier ran aground three miles off the coast.",
        ),
        (
            "Le médecin légiste a conclu à une noyade.",
            "The forensic médecin concluded that it was a drowning.",
        ),
        (
            "Les élus ont débattu jusqu’à minuit.",
            "The councillors debated jusqu’à midnight.",
        ),
        (
            "Il faut sauver ce théâtre, dit la pétition.",
            "Il faut save this theatre, says the petition.",
        ),
        (
            "Le juge d’instruction a été dessaisi.",
            "The juge d’instruction has been taken off the case.",
        ),
        (
            "La neige est attendue dès vendredi soir.",
            "Snow is expected as early as vendredi evening.",
        ),
    ],
)
def test_french_that_was_left_is_told_of(source, target):
    assert {"untranslated"} & {each[0] for each in told(CHECK, source, target)}


@pytest.mark.parametrize(
    ("source", "target", "left"),
    [
        ("Le barreur a tenu bon.", "The barreur held on.", "barreur"),
        ("Les garagistes protestent.", "The garagistes are protesting.", "garagistes"),
    ],
)
def test_a_word_that_no_lexicon_has_is_told_by_its_ending(source, target, left):
    assert [issue[3] for issue in told(CHECK, source, target)] == [[left]]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Son chauffeur l’attendait.", "His chauffeur was waiting for him."),
        ("Un saboteur a agi seul.", "A saboteur acted alone."),
        ("Le score est un 2:2 (un nul).", "The score is a 2:2 (a draw)."),
    ],
)
def test_words_that_english_has_too_are_left_alone(source, target):
    assert told(CHECK, source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "left"),
    [
        ("Le sapin de Noël est là.", "The Christmas sapin is there.", "sapin"),
        ("Il a franchi le cap Horn mardi.", "He rounded Cape Horn mardi.", "mardi"),
        ("Il est reparti aussitôt.", "He left again aussitôt.", "aussitôt"),
        ("Un incendie a éclaté.", "An incendie broke out.", "incendie"),
    ],
)
def test_a_word_that_is_no_part_of_a_name_was_left(source, target, left):
    assert ("untranslated", "minor", [left], [left]) in told(CHECK, source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Les jets ont décollé.", "The jets took off."),
        ("Les presses sont arrêtées.", "The presses have stopped."),
        ("Le Crédit populaire a fermé.", "Crédit populaire has closed."),
    ],
)
def test_a_form_of_an_english_word_is_english(source, target):
    assert told(CHECK, source, target) == []
