"""The languages that are data only; "¶" marks where a sentence begins."""

import pytest

from alignment.sentences import sentences

GERMAN = [
    "Der Zug fährt um zwölf ab. ¶Er kommt um zwei an.",
    "Wer hat das gesagt? ¶Niemand weiß es! ¶Weiter.",
    "Das Fest beginnt am 3. Oktober. ¶Danach ruht der 2. Stock.",
    "Ludwig XIV. starb im 18. Jahrhundert. ¶Die Trauer war groß.",
    "Es kamen nur 25. ¶Das war zu wenig.",
    "Dr. Vogel und Prof. Lang wohnen in der Nr. 7, d. h. bei Hr. Kurz.",
    "Obst, z. B. Äpfel, Birnen usw. ¶Das reicht.",
    "Vgl. Abb. 3, S. 12 ff. und Art. 5 Abs. 2.",
    "Rom fiel 476 n. Chr. an die Goten, ca. 50 Mio. Menschen lebten dort.",
    "Er rief: „Komm her. Sofort!“ und lachte. ¶Sie kam.",
    "„Es regnet.“ ¶Anna schloss das Fenster.",
    "»Es schneit. Schon wieder.«, sagte er. ¶»Na und?«",
    "Die Wahl ist vorbei.¶Doch niemand jubelte.",
    "1. Den Deckel öffnen. ¶2. Das Blatt lesen.",
    "Können Sie mir sagen, ob Ihr Hund beißt? ¶Nein.",
    "Das kostet 3.500 Euro oder 2,5 %. ¶Mehr nicht.",
    "Von dieser Art. ¶Peter nickte.",
    "Kehren die Schwalben zurück ¶Der erste warme Tag weckt Hoffnung.",
]

SPANISH = [
    "El tren sale a mediodía. ¶Llega a las dos.",
    "¿Quién lo dijo? ¶¡Nadie lo sabe! ¶Sigamos.",
    "El Sr. Vidal y la Dra. Ruiz viven en la Avda. Mayor, n.º 7.",
    "Compró peras, uvas, etc. ¶Su hermano vendió pan.",
    "Compró fruta, p. ej. Peras de agua.",
    "Vivió en EE. UU. y en Perú. ¶Nunca volvió.",
    "Cartago cayó en 146 a. C. ante Roma. ¶La ciudad ardió.",
    "Véase el art. 12, pág. 40, y el cap. 3.",
    "«No vengas. Es tarde», dijo ella. ¶Y colgó.",
    "—¿Vienes? ¶—No. ¶—Peor para ti.",
    "La votación terminó.¶Sin embargo, nadie aplaudió.",
    "Se fue al mar. ¶Pedro se quedó.",
    "Cuesta 3.500 euros o 2,5 %. ¶Es poco.",
    "Esperó… y se durmió.",
    "Ganó J. L. Ortega. ¶Después habló M. Pons.",
    "1. Abrir la caja. ¶2. Leer la hoja.",
]

ITALIAN = [
    "Il treno parte a mezzogiorno. ¶Arriva alle due.",
    "Chi l’ha detto? ¶Nessuno lo sa! ¶Andiamo.",
    "Il sig. Conti e la dott.ssa Riva abitano al n. 7 di V.le Roma.",
    "Comprò pere, uva, ecc. ¶Suo fratello vendette il pane.",
    "Frutta, p. es. Pere e Mele, costa poco.",
    "Cartagine cadde nel 146 a.C. contro Roma. ¶La città bruciò.",
    "Cfr. art. 12, pag. 40, cap. 3.",
    "«Non venire. È tardi», disse lei. ¶E riattaccò.",
    "La Fiat S.p.A. Torino è chiusa. ¶Riaprirà.",
    "Il voto è finito.¶Tuttavia nessuno applaudì.",
    "È finita.¶L’estate torna.",
    "Costa 3.500 euro o il 2,5 %. ¶È poco.",
    "Aspettò… e si addormentò.",
    "Vinse G. B. Neri. ¶Poi parlò M. Villa.",
    "1. Aprire la scatola. ¶2. Leggere il foglio.",
    "— Vieni? ¶— No. ¶— Peggio per te.",
]

PORTUGUESE = [
    "O comboio parte ao meio-dia. ¶Chega às duas.",
    "Quem disse isso? ¶Ninguém sabe! ¶Vamos.",
    "O Sr. Pinto e a Dra. Reis moram na Av. Central, n.º 7.",
    "Comprou peras, uvas, etc. ¶O irmão vendeu pão.",
    "Fruta, p. ex. Peras e Maçãs, custa pouco.",
    "Cartago caiu em 146 a.C. perante Roma. ¶A cidade ardeu.",
    "Ver o art. 12, pág. 40, e o cap. 3.",
    "“Não venhas. É tarde”, disse ela. ¶E desligou.",
    "A votação terminou.¶No entanto, ninguém aplaudiu.",
    "Foi até ao mar. ¶Pedro ficou.",
    "Chegou às dez. ¶Maria já dormia.",
    "Custa 3.500 euros ou 2,5 %. ¶É pouco.",
    "Esperou… e adormeceu.",
    "Venceu J. L. Prado. ¶Depois falou M. Lobo.",
    "1. Abrir a caixa. ¶2. Ler a folha.",
    "— Vens? ¶— Não. ¶— Pior para ti.",
]

DUTCH = [
    "De trein vertrekt om twaalf uur. ¶Hij komt om twee uur aan.",
    "Wie heeft dat gezegd? ¶Niemand weet het! ¶Verder.",
    "Dhr. Bakker en mevr. Visser wonen op nr. 7, d.w.z. Boven.",
    "Hij kocht peren, druiven, enz. ¶Zijn broer verkocht brood.",
    "Fruit, bijv. Peren, is duur.",
    "Carthago viel in 146 v.Chr. tegen Rome. ¶De stad brandde.",
    "Zie art. 12, blz. 40 en fig. 3.",
    "“Kom niet. Het is laat”, zei ze. ¶En ze hing op.",
    "‘Het regent.’ ¶Anna sloot het raam.",
    "De stemming is voorbij.¶Toch juichte niemand.",
    "Hij sliep. ¶’s Avonds las hij.",
    "Het kost 3.500 euro of 2,5 %. ¶Dat is weinig.",
    "Hij wachtte… en sliep in.",
    "J. P. de Wit won. ¶Daarna sprak M. Kok.",
    "1. Open de doos. ¶2. Lees het blad.",
    "Dat weet ik al. ¶Jan ook.",
]

MARKED = {"de": GERMAN, "es": SPANISH, "it": ITALIAN, "pt": PORTUGUESE, "nl": DUTCH}
SAMPLES = [(language, marked) for language, each in MARKED.items() for marked in each]


@pytest.mark.parametrize(("language", "marked"), SAMPLES)
def test_sentences_begin_where_a_reader_sees_them_begin(language, marked):
    text = marked.replace("¶", "")
    found = [span.of(text) for span in sentences(text, language)]
    assert found == [part.strip() for part in marked.split("¶")]
