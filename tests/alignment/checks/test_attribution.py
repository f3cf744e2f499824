import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.checks.attribution import CHECK
from alignment.checks.check import SentencePair, sentence_pair
from alignment.checks.speech import reports
from alignment.document import FRENCH_ENGLISH, Languages, Link
from alignment.span import Span
from alignment.words import words

PHRASES = ("Selon", "d’après", "affirme", "a déclaré", "qu’il", "que", "-t-il", "dit", "Kozak")
MORE = (" ", ",", ".", "«", "»", "said", "that", "proved", "Kyiv", "\0", "\ud800", "😀", "\u00ad")
WRITTEN = st.lists(st.sampled_from(PHRASES + MORE), max_size=12).map("".join)


def found(source, target):
    pair = sentence_pair(source, target, FRENCH_ENGLISH)
    return [
        (
            issue.type,
            issue.severity,
            *(span.of(source) for span in issue.source_spans),
            *(span.of(target) for span in issue.target_spans),
        )
        for issue in CHECK.find(pair)
    ]


def manners(text):
    return [(report.manner, report.span.of(text)) for report in reports(text, "fr")]


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("Selon la police, il a fui.", ("according", "Selon")),
        ("Il a fui, d’après la police.", ("according", "d’après")),
        ("Aux dires du maire, tout va bien.", ("according", "Aux dires du")),
        ("Le maire affirme que tout va bien.", ("clause", "affirme")),
        ("Le maire a hier déclaré à la presse qu’il partait.", ("clause", "déclaré")),
        ("« Tout va bien », a-t-il ajouté.", ("aside", "ajouté")),
        ("Tout va bien, dit-il.", ("aside", "dit")),
        ("« Tout va bien », explique le maire.", ("aside", "explique")),
        ("Tout va bien, assure le maire.", ("aside", "assure")),
        ("Le maire pense que tout va bien.", ("opinion", "pense")),
        ("Le maire accuse les rebelles.", ("object", "accuse")),
    ],
)
def test_what_attributes_is_found_and_told_apart(text, manner):
    assert manners(text) == [manner]


@pytest.mark.parametrize(
    "text",
    [
        "Selon la loi, il faut un permis.",
        "Les prix varient selon les régions.",
        "Le maire a affirmé son autorité.",
        "Une heure plus tard, il partait.",
        "Le texte précise les règles.",
    ],
)
def test_what_only_looks_like_an_attribution_is_none(text):
    assert manners(text) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Selon la police, il a fui.", "According to the police, he fled."),
        ("Selon la police, il a fui.", "He fled, police said."),
        ("Selon elle, c’est trop tard.", "She thinks it is too late."),
        ("Selon plusieurs sources, il a fui.", "Several sources have him on the run."),
        ("Le maire affirme que tout va bien.", "The mayor claims that all is well."),
        ("Le maire confirme que tout va bien.", "The mayor confirmed that all is well."),
        ("« Tout va bien », dit-il.", "“All is well,” he said."),
        ("Selon Moscou, Kiev a tiré.", "According to Moscow, Kyiv fired."),
        ("Selon Kozak, tout va bien.", "All is well, says Kozak."),
        ("Selon lui, oui.", ""),
        ("", "He said so."),
    ],
)
def test_what_is_still_left_to_the_speaker_is_no_issue(source, target):
    assert found(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "issue"),
    [
        (
            "Selon la police, deux hommes ont fui.",
            "Two men fled.",
            ("attribution_lost", "major", "Selon"),
        ),
        (
            "D’après plusieurs témoins, deux hommes ont fui.",
            "Two men fled.",
            ("attribution_lost", "major", "D’après"),
        ),
        (
            "Le maire affirme que deux hommes ont fui.",
            "Two men fled.",
            ("attribution_lost", "major", "affirme"),
        ),
        (
            "Le maire accuse les rebelles d’avoir miné la route.",
            "The rebels mined the road.",
            ("attribution_lost", "minor", "accuse"),
        ),
        (
            "Selon Moscou, Kiev a tiré.",
            "According to Kyiv, Moscow fired.",
            ("attribution_changed", "major", "Selon", "Moscou", "Kyiv"),
        ),
        (
            "Wozniak affirme que le projet est mort.",
            "Okafor claims that the project is dead.",
            ("attribution_changed", "major", "affirme", "Wozniak", "Okafor"),
        ),
        (
            "Le ministre affirme que le pont est sûr.",
            "The minister proved that the bridge is safe.",
            ("attribution_changed", "major", "affirme", "proved"),
        ),
    ],
)
def test_what_the_translation_says_itself_or_of_another_is_found(source, target, issue):
    assert found(source, target) == [issue]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "Selon les enquêteurs, le conducteur avait consommé de la cocaïne.",
            "The driver had taken cocaine.",
        ),
        (
            "Pour la Ligue des droits de l’homme, cette loi est inapplicable.",
            "This law is unenforceable.",
        ),
        (
            "Aux yeux des syndicats, la réforme ne changera rien pour les salariés.",
            "The reform will change nothing for employees.",
        ),
        (
            "À en croire le promoteur, les travaux seront terminés en mai.",
            "The work will be finished in May.",
        ),
        (
            "Le chantier aura deux ans de retard, estime-t-on à la mairie.",
            "The project will be two years late.",
        ),
        (
            "L’incendie est d’origine criminelle, indique-t-on de source policière.",
            "The fire was started deliberately.",
        ),
        (
            "Le directeur assure n’avoir jamais reçu la lettre.",
            "The director never received the letter.",
        ),
        (
            "La ministre dit vouloir supprimer la taxe dès l’an prochain.",
            "The minister wants to scrap the tax as early as next year.",
        ),
        (
            "Le maire se dit favorable à la fermeture du pont aux camions.",
            "The mayor is in favour of closing the bridge to lorries.",
        ),
        (
            "L’opposition juge la mesure contraire à la Constitution.",
            "The measure is unconstitutional.",
        ),
        (
            "L’association dénonce des conditions de détention inhumaines à Fresnes.",
            "Conditions of detention in Fresnes are inhumane.",
        ),
        (
            "Le parquet reproche à l’entrepreneur d’avoir détourné deux millions d’euros.",
            "The businessman embezzled two million euros.",
        ),
        (
            "L’entreprise prétend avoir remboursé tous ses clients.",
            "The company has refunded all its customers.",
        ),
        (
            "Le gouvernement promet que les impôts n’augmenteront pas.",
            "Taxes will not go up.",
        ),
        (
            "Les pêcheurs craignent que le parc éolien ne fasse fuir le poisson.",
            "The wind farm will drive the fish away.",
        ),
        (
            "L’ambassade a fait savoir que les deux touristes étaient sains et saufs.",
            "The two tourists were safe and sound.",
        ),
        (
            "L’avocate a laissé entendre que son client plaiderait coupable.",
            "Her client would plead guilty.",
        ),
        (
            "« Le navire coule », a écrit le capitaine sur X avant de disparaître.",
            "The ship was sinking, and the captain disappeared.",
        ),
        (
            "Le groupe va fermer quatre usines, a annoncé sa direction dans un communiqué.",
            "The group will close four plants.",
        ),
        (
            "Cité par l’agence Reuters, un diplomate évoque un accord imminent.",
            "A deal is imminent.",
        ),
        (
            "Moscou affirme avoir abattu douze drones au-dessus de la mer Noire.",
            "Kyiv says it shot down twelve drones over the Black Sea.",
        ),
        (
            "Selon la police, l’homme s’est jeté du balcon.",
            "According to prosecutors, the man threw himself off the balcony.",
        ),
        (
            "D’après les syndicats, un salarié sur deux était en grève mardi.",
            "According to management, one employee in two was on strike on Tuesday.",
        ),
        (
            "Le ministre assure que les hôpitaux sont prêts.",
            "The opposition insists that the hospitals are ready.",
        ),
        (
            "La défense soutient que les preuves ont été falsifiées.",
            "The prosecution maintains that the evidence was tampered with.",
        ),
        (
            "Le directeur affirme que le produit est sans danger.",
            "The director demonstrated that the product is safe.",
        ),
        (
            "Le sénateur a dit qu’il avait rencontré le lobbyiste à Genève.",
            "The senator admitted that he had met the lobbyist in Geneva.",
        ),
        (
            "Selon l’ONG, huit prisonniers sont morts de faim.",
            "The NGO proved that eight prisoners starved to death.",
        ),
        (
            "Le président dit ne pas connaître cet homme.",
            "The president does not know this man.",
        ),
        (
            "De source proche du dossier, la banque renoncerait à l’offre.",
            "The bank is to give up its offer.",
        ),
        (
            "Les experts redoutent une nouvelle éruption dans les prochains jours.",
            "There will be another eruption in the coming days.",
        ),
        (
            "La vaccination a permis d’éviter 4 000 décès, se félicite le ministère.",
            "Vaccination prevented 4,000 deaths.",
        ),
        (
            "Le club regrette que l’arbitre n’ait pas consulté la vidéo.",
            "The referee did not consult the video.",
        ),
        (
            "De l’avis général, le débat a été ennuyeux.",
            "The debate was dull.",
        ),
        (
            "Le rapport conclut à une défaillance du système de freinage.",
            "The braking system failed.",
        ),
        (
            "Téhéran accuse Israël d’avoir saboté la centrale.",
            "Israel sabotaged the plant.",
        ),
        (
            "Israël accuse Téhéran d’avoir livré des missiles au Hezbollah.",
            "Tehran accuses Israel of delivering missiles to Hezbollah.",
        ),
    ],
)
def test_a_speaker_dropped_or_exchanged_is_told_of(source, target):
    assert {"attribution_lost", "attribution_changed"} & {each[0] for each in found(source, target)}


def test_two_speakers_without_a_name_who_change_places_are_told_apart_by_links():
    source, target = "Les éleveurs accusent la préfecture.", "The prefecture accuses the farmers."
    ends = (("éleveurs", "farmers"), ("accusent", "accuses"), ("préfecture", "prefecture"))
    links = [Link(span_of(source, here), span_of(target, there), 0.9) for here, there in ends]
    (issue,) = CHECK.find(sentence_pair(source, target, FRENCH_ENGLISH, links))
    assert (issue.type, issue.severity) == ("attribution_changed", "minor")
    assert [span.of(source) for span in issue.source_spans] == ["accusent", "éleveurs"]
    assert [span.of(target) for span in issue.target_spans] == ["prefecture"]
    assert found(source, target) == []


def span_of(text, word):
    return Span(text.index(word), text.index(word) + len(word))


@pytest.mark.parametrize("apostrophe", ["'", "’"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_apostrophes_and_accents_may_be_written_either_way(apostrophe, form):
    source = unicodedata.normalize(form, f"😀 D{apostrophe}après le préfet, deux hommes ont fui.")
    marker = unicodedata.normalize(form, f"D{apostrophe}après")
    assert found(source, "Two men fled.") == [("attribution_lost", "major", marker)]


def test_the_explanation_names_both_words():
    pair = sentence_pair("Elle assure que oui.", "She proved that.", FRENCH_ENGLISH)
    (issue,) = CHECK.find(pair)
    assert issue.explanation == (
        "the original leaves it to the speaker with “assure”; “proved” says that it is so"
    )


@pytest.mark.parametrize(
    ("languages", "known"),
    [(FRENCH_ENGLISH, True), (Languages("en", "fr"), False), (Languages("fr", "de"), False)],
)
def test_a_pair_is_checked_where_both_sides_are_known(languages, known):
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
