"""Sentences and paragraphs; in the samples "¶" marks where a sentence begins."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.abbreviations import Abbreviations, abbreviations
from alignment.formats.gold import articles
from alignment.sentences import directed, paragraphs, sentences
from alignment.span import Span
from benchmarks.segmentation import STRESS, counted, glued, marked

SHARED = Path(__file__).parents[3] / "shared"

FRENCH = [
    # Plain sentences and every kind of stop.
    "Le train part à midi. ¶Il arrive à deux heures.",
    "Qui l’a dit ? ¶Personne ne le sait ! ¶Passons.",
    "Vraiment ?! ¶Oui… ¶Nous verrons bien.",
    "Il hésita… puis il sortit.",
    "Le roi Pierre... a souri aux enfants.",
    "Il est parti. . . ¶Elle est restée.",
    "Quoi ? ! ¶Encore lui ?",
    "La séance dura 3 heures. ¶12 députés y prirent la parole.",
    "Il ferma la fenêtre. ¶il faisait déjà froid.",
    # Titles, abbreviations.
    "M. Delmas a reçu Mme Roy et Mlle Petit. ¶Le Dr Aubin était absent.",
    "MM. Durand et Le Goff ont signé. ¶Me Vidal a refusé.",
    "Mgr. Lenoir et le Pr. Simon sont venus.",
    "La place St. Michel est fermée.",
    "Il vend des pommes, des poires, etc. ¶Son frère vend du pain.",
    "Les villes (Lyon, Nice, etc.) ont voté contre.",
    "Des fruits, p. ex. Golden et Reinette, se gardent.",
    "La cité fut prise en 52 av. J.-C. par les Romains.",
    "La cité fut fondée vers 600 av. J.-C. ¶Elle devint un port.",
    "Elle date du IIe s. apr. J.-C. ¶Les fouilles l’ont montré.",
    "Voir l’art. 12 et l’art. L. 121 du code.",
    "Il aime l’art. ¶Paris lui manque.",
    "Cf. Morin, vol. 3, p. 45, éd. Plon.",
    "Le n°. 7 est vendu. ¶Le n° 8 aussi.",
    "Il pèse env. 40 kg, soit la moitié.",
    "Rendez-vous le 3 janv. 2021 au siège de Martin et Cie. ¶Le public est admis.",
    "L’entreprise Lambert Inc. Canada est fermée.",
    "C’est faux, c.-à-d. inventé. ¶Il le sait.",
    "Le bd. Voltaire est en travaux.",
    # Initials, acronyms.
    "V. Morel et J.-P. Le Gall ont écrit à A. Roux. ¶Ils attendent.",
    "Le groupe R.E.M. Live est ancien.",
    "Il parle au nom de l’U.E. ¶Le Conseil approuve.",
    "Ph. Morin et Th. Le Roy contre R. c. Dubois",
    "Il vit aux U.S.A. ¶Il y enseigne le droit.",
    "Le plan B. ¶Il n’y en a pas d’autre.",
    "Le plan B. ¶Paris le refuse.",
    "L’hépatite B. ¶Nul n’en parle.",
    "Le mot de B. Paris est connu.",
    "Le groupe J. Lambert est né ici.",
    "Le P.-D.G. Martin a démissionné.",
    # Numbers, addresses, files.
    "La hausse est de 3.5 % ou 12.000 euros. ¶C’est beaucoup.",
    "Écrivez à jean.petit@exemple.fr ou lisez www.exemple.fr/Aide.Html pour savoir.",
    "Le fichier Photo 10.JPG et notes.Txt sont perdus.",
    "Le site Exemple.Com a fermé. ¶Il rouvrira.",
    "Le total est de 25. ¶Nul ne le conteste.",
    # Glued sentences.
    "Il a quitté la politique.¶Cependant, il écrit encore.",
    "Il n’a rien dit à ce sujet.¶L’affaire est close.",
    "Est-ce la fin ?¶Oui, la fin !¶Enfin…¶Presque.",
    "« C’est non. »¶Puis il raccrocha.",
    "Il mourut en 1920.¶Son fils reprit la ferme.",
    "Il vint en été.¶À midi, tout dormait.",
    "Le vote est clos.¶« Nous avons gagné », dit-elle.",
    "Il entra à l’ONU.¶Depuis, il voyage.",
    "Elle habite à Évry.¶Ça lui plaît.",
    "M.Martin et J.Roux sont là.",
    "Yahoo! France ferme. ¶C’était prévu.",
    "Il travaille chez Yahoo! ¶Il s’y plaît.",
    "Le bus part à 17 h. 30 du quai.",
    # Quotations.
    "« Je pars. Tu restes. », dit-il.",
    "« Tu viens ? » demanda-t-elle.",
    "« Il pleut. » ¶Elle ferma la porte.",
    "« Oui\u202f! »\u00a0¶Il rit.",
    "“C’est fini.” ¶Il posa le livre.",
    'Elle a dit : "Je pars. Ne m’attendez pas", puis elle sortit.',
    'Il a crié : " Au feu ! " ¶La foule a fui.',
    'Il a lu "Le Pain." ¶"Le Vin" l’ennuie.',
    "Le film « Qui a tué Max ? » sort lundi.",
    "Il cria : « Dehors ! » ¶« Jamais ! » répondit-elle.",
    "« Il a dit “non”. ¶Je le crois. »",
    # Brackets and notes.
    "Il vint (enfin !) saluer la foule.",
    "(Il est tard.) ¶Rentrons.",
    "C’est prouvé.[12] ¶Un autre essai le confirme.",
    "Il a tout perdu. ¶[...] Le reste est connu.",
    # Titles without a stop, sections, semicolons, datelines.
    "Le marché se redresse en mai ¶Les ventes ont doublé depuis mars.",
    "Hausse de l’emploi dans le Nord ¶Le chômage recule depuis un an.",
    "UN ÉTÉ TRÈS SEC ¶Les rivières sont au plus bas.",
    "Elle a relu le roman La mer noire et Le monde.",
    "Vers Le Mans et La Rochelle",
    "La récolte est bonne ; ¶Les prix vont baisser.",
    "La récolte est bonne ; les prix vont baisser.",
    "PARIS (Reuters) - La Bourse recule. ¶Les banques souffrent.",
    "La Bourse recule à midi ¶PARIS, 3 mai (AFP) - Les banques souffrent.",
    "LYON, 3 janv. - Le maire a démissionné.",
    # Lists, dialogue.
    "1. Ouvrir la boîte. ¶2. Lire la notice.",
    "IV. Le retour",
    "Tableau 3. Prix par ville",
    "Fig. 12. Carte des vents",
    "Il occupe le poste no 3. ¶Un autre le veut.",
    "a) Un pain. ¶b) Un vin.",
    "1) Le premier cas. ¶2) Le second.",
    "Deux règles : 1. Attendre ; 2. Écouter.",
    "A. Le premier cas. ¶B. Le second.",
    "• Du pain. ¶• Du vin.",
    "— Tu viens ? ¶— Non. ¶— Tant pis.",
    "Il se leva. ¶– Sortez.",
    # Unusual characters.
    "Bravo ! 😀 ¶À demain.",
    "Merci.🎉🎉 ¶On recommence ?",
    "Cet e\u0301te\u0301.¶E\u0301tait-ce vrai ?",
    "Il est parti.\u200b \u00ad¶Elle reste.",
    "Une aven\u00adture.¶Elle fi\u00adnit bien.",
    "Voir \ufb01n de page. ¶Rien.",
]

ENGLISH = [
    "The train leaves at noon. ¶It arrives at two.",
    "Who said so? ¶Nobody knows! ¶Let us go on.",
    "Mr. Hale met Mrs. Stone and Dr. Reed. ¶Prof. Lane was away.",
    "She moved from the U.S. to Kent.",
    "She moved to the U.S. ¶I like it there.",
    "The U.S. Senate voted. ¶The U.K. Parliament did not.",
    "Bring fruit, e.g. Pears or Plums, i.e. Sweet ones.",
    "He came at 5 p.m. and left at 6 a.m. sharp.",
    "It ended at 5 p.m. ¶The crowd went home.",
    "See No. 5 and fig. 3 on p. 12.",
    "He said no. ¶She said yes.",
    "J. R. Field and A. Moss wrote it. ¶They never met.",
    "Smith Inc. sold it to Brown & Co. in May.",
    "Smith Inc. ¶They sold it.",
    "He lives on Main St. near Oak Ave. with a dog.",
    "St. Paul and Ft. Worth are cities.",
    "He was born on Jan. 3, 1950. ¶His brother came later.",
    "It costs $3.50 or 2.5 percent. ¶That is cheap.",
    "Apples, pears, etc. ¶Nothing else was sold.",
    '"I am leaving. Do not wait," she said.',
    '"Are you sure?" he asked. ¶"Quite."',
    "“It is over.” ¶He put down the book.",
    "He shouted ‘Fire!’ ¶Everybody ran.",
    "She has a Ph.D. in law. ¶He has a Ph.D. ¶It shows.",
    "The vote is over.¶However, nobody cheered.",
    "Is it over?¶Yes!¶Good.",
    "Read www.example.com/Home.Html or Node.js notes.",
    "Wait... what? ¶Well... ¶Perhaps.",
    "He waited ... and left.",
    "1. Open the box. ¶2. Read the leaflet.",
    "LONDON (Reuters) - Shares fell. ¶Banks suffered.",
    "Jobs return to the north ¶The number of people in work grew.",
    "That is what I think and I know it.",
    "Roe v. Wade was cited.",
    "It was adopted on 3 May 2010 with Amendment No 5.",
    "Gen. Ford and Sen. Hill vs. Gov. Park",
    "— Coming? ¶— No.",
    "It works.[3] ¶Others agree.",
    "Great! 👍 ¶See you.",
    "He left (at last!) and slept.",
    "It was late; I slept.",
]


def cut(marked: str) -> list[str]:
    return [part.strip(" \u00a0\u00ad\u200b") for part in marked.split("¶")]


@pytest.mark.parametrize("marked", FRENCH)
def test_french_sentences_begin_where_a_reader_sees_them_begin(marked):
    text = marked.replace("¶", "")
    assert [span.of(text) for span in sentences(text, "fr")] == cut(marked)


@pytest.mark.parametrize("marked", ENGLISH)
def test_english_sentences_begin_where_a_reader_sees_them_begin(marked):
    text = marked.replace("¶", "")
    assert [span.of(text) for span in sentences(text, "en")] == cut(marked)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\ufeff \u200b\n", []),
        ("Un\nDeux", [(0, 2), (3, 7)]),
        ("Un\r\n\r\nDeux\rTrois", [(0, 2), (6, 10), (11, 16)]),
        ("Un\u2028Deux\u2029Trois", [(0, 2), (3, 7), (8, 13)]),
        ("Un\x0bDeux\x0cTrois\x85Six", [(0, 2), (3, 7), (8, 13), (14, 17)]),
        ("\ufeff\u00a0 Un  mot \u00ad\x00\n", [(3, 10)]),
        ("👋🏽 Un\n🇫🇷", [(0, 5), (6, 8)]),
    ],
)
def test_a_paragraph_is_a_line_without_the_blanks_around_it(text, expected):
    assert list(paragraphs(text)) == expected


def test_a_line_break_always_ends_a_sentence():
    assert list(sentences("Un titre\nM.\nDelmas vient")) == [(0, 8), (9, 11), (12, 24)]


def test_only_the_part_within_a_span_is_cut():
    text = "Il dort. Elle lit. Nous rions."
    assert list(sentences(text, "fr", Span(9, 18))) == [(9, 18)]


def test_what_stands_outside_the_span_changes_nothing():
    text = 'Il dit " M. Roy. Non. " Puis rien.'
    whole = sentences(text, "fr", Span(10, 21))
    assert list(whole) == [span.shifted(10) for span in sentences(text[10:21])]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Er rief: „Komm!“ Und „Nein“.", "Er rief: “Komm!” Und “Nein”."),
        ("Er sagte ‚ja‘, „bald“.", "Er sagte ‘ja’, “bald”."),
        ("„Offen", "„Offen"),
        ("»So« und »so«.", "«So» und «so»."),
        ("Il dit : « Oui »Puis « non ».", "Il dit : « Oui »Puis « non »."),
        ("» Suite d’une citation « ancienne »", "» Suite d’une citation « ancienne »"),
        ('Il dit "oui" et "non".', "Il dit “oui” et “non”."),
        ('Il dit " oui " et " non ".', "Il dit “ oui ” et “ non ”."),
        ('Fini."Puis" ("rien")', "Fini.“Puis” (“rien”)"),
        ('Il dit "oui."Puis l\'"idée"', "Il dit “oui.”Puis l'“idée”"),
        ('l"État mesure 12" de haut', 'l"État mesure 12" de haut'),
        ('"Un "deux" trois"', "“Un “deux” trois”"),
        ('"', "“"),
    ],
)
def test_straight_quotes_get_a_direction(line, expected):
    assert directed(line) == expected


def test_an_unknown_language_is_cut_by_punctuation():
    text = "Primus dies. Secundus dies! Etc."
    parts = [span.of(text) for span in sentences(text, "la")]
    assert parts == ["Primus dies.", "Secundus dies!", "Etc."]


def test_a_region_does_not_change_the_language():
    text = "Mme Roy est là. M. Petit aussi."
    assert list(sentences(text, "fr-CA")) == list(sentences(text, "fr")) == [(0, 15), (16, 31)]


def test_a_script_without_capitals_is_cut_at_its_own_stops():
    text = "今日は雨です。明日は晴れ。"
    assert list(sentences(text, "ja")) == [(0, 7), (7, 13)]


def test_an_unknown_language_has_empty_lists():
    assert abbreviations("la") == Abbreviations()


def test_no_code_leads_out_of_the_lists():
    assert abbreviations("../abbreviations/fr") == Abbreviations()


def test_an_abbreviation_in_lower_case_may_have_a_capital():
    assert {"cf", "Cf"} <= abbreviations("fr").never_final


SIGNS = (
    "«»“”„‚‘\"'’()[]{}.!?…;:,-–—•/@|0 1aéZﬁ😀 \u00a0\u202f\u00ad\u200b\ufeff\x00\n\r\ud800\u0301"
)
WORDS = [
    "M.",
    "Le ",
    "Il ",
    "L’",
    "J.-C.",
    "U.S.",
    "www.",
    "PARIS (AFP) - ",
    "שלום",
    "Mot.Mot",
    "[1]",
]
LANGUAGES = st.sampled_from(["fr", "en", "de", "es", "it", "pt", "nl", "la"])
MARKS = st.sampled_from([*SIGNS, *WORDS])
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=())), st.lists(MARKS, max_size=40).map("".join)
)
INVISIBLE = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]*"
)


@given(TEXTS, LANGUAGES)
def test_nothing_but_blanks_stands_outside_the_sentences(text, language):
    end = 0
    for span in (*sentences(text, language), Span(len(text), len(text))):
        assert INVISIBLE.fullmatch(text, end, span.start)
        end = span.end
    assert end == len(text)


@given(TEXTS, LANGUAGES)
def test_sentences_are_not_empty_and_begin_and_end_with_a_sign(text, language):
    for span in sentences(text, language):
        assert not INVISIBLE.match(text, span.start).group()
        assert not INVISIBLE.fullmatch(text, span.end - 1, span.end)


@given(TEXTS, LANGUAGES)
def test_every_sentence_lies_within_one_paragraph(text, language):
    found = [s for p in paragraphs(text) for s in sentences(text, language, p)]
    assert found == list(sentences(text, language))


def split(text: str) -> list[Span]:
    return list(sentences(text))


def shared(path: str) -> Path:
    if not (SHARED / path).exists():
        pytest.skip(f"no {path} beside the checkout")
    return SHARED / path


def test_the_sample_article_has_thirteen_sentences():
    text = shared("samples/article.txt").read_text(encoding="utf-8")
    found = [span.of(text) for span in sentences(text)]
    assert len(found) == 13
    assert [part.split()[0] for part in found[3:6]] == ["Il", "Cependant,", "Poutine,"]
    assert all(part.endswith(".") for part in found[1:])


@pytest.mark.parametrize(
    ("gold", "floor"),
    [("ud-gsd-dev", 0.965), ("ud-sequoia-dev", 0.87), ("ud-partut-dev", 0.97), ("news-2021", 0.98)],
)
def test_boundary_f1_keeps_to_its_goal(gold, floor):
    gold_articles = articles(shared(f"data/dev/segmentation/{gold}.jsonl").read_text("utf-8"))
    assert counted(split, gold_articles).f1 >= floor


def test_our_own_hard_sentences_are_parted_where_they_should_be():
    assert counted(split, marked(STRESS.read_text(encoding="utf-8"))).f1 >= 0.98


def test_our_own_hard_sentences_are_parted_where_they_are_glued():
    assert counted(split, glued(marked(STRESS.read_text(encoding="utf-8")))).f1 >= 0.97
