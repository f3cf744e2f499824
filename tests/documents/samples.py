"""Files to read, made here: a page of a newspaper, and Word files with all that is awkward."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

import docx

# Title, no-break spaces (wide and narrow), an emoji of several code points, a soft hyphen.
PROSE = (
    "La crue\u00a0: Saint-Aubin se relève",
    "Selon la préfecture, l’eau aurait atteint 3,5\u00a0mètres dans la nuit de mardi à mercredi.",
    "«\u202fNous n’avons rien pu sauver\u202f», raconte Odile Marchand, qui tient la boulangerie "
    "depuis vingt-deux ans 👩🏽‍🍳.",
    "Elle rouvrira en juin.",
    "Des travaux jusqu’à l’été",
    "Le pont, inaccessi\u00adble, sera refait.",
    "L’école rouvre lundi.",
    "Saint-Aubin",
    "12 maisons",
    "Le maire ne dément pas, mais il n’exclut pas un recours.",
)
PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>La crue – Le Courrier du Val</title>
<style>p { color: red }</style><script>var p = "<p>Pas du texte.</p>";</script></head><body>
<header><nav><ul><li><a href="/">Accueil</a></li><li><a href="/s">Sports</a></li></ul>
</nav></header>
<div id="cookie-banner" class="cookie-consent"><p>Nous utilisons des cookies pour mesurer
l’audience. <button>Tout accepter</button></p></div>
<main><article><h1>La crue&nbsp;: Saint-Aubin se relève</h1>
<p class="chapo">Selon la préfecture, l’eau aurait atteint 3,5&nbsp;mètres
   dans la nuit de mardi à mercredi.</p>
<p>«&#8239;Nous n’avons rien pu sauver&#8239;», raconte <a href="/o">Odile Marchand</a>, qui tient
la <em>boulangerie</em> depuis vingt-deux ans 👩🏽‍🍳.<br>Elle rouvrira en juin.</p>
<!-- un commentaire --><h2>Des travaux jusqu’à l’été</h2>
<ul><li>Le pont, inaccessi&shy;ble, sera refait.</li><li>L’école rouvre lundi.</li></ul>
<table><tr><td>Saint-Aubin</td><td>12 maisons</td></tr></table>
<p>Le maire ne dément pas, mais il n’exclut pas un recours.</p></article>
<aside><h3>À lire aussi</h3><ul><li><a href="1">Dix idées de sorties</a></li></ul></aside></main>
<footer><p>© Le Courrier du Val. Mentions légales. Tous droits réservés.</p></footer>
</body></html>"""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word_file() -> bytes:
    """As Word writes it: headings, styles, a table in a table, a line break."""
    file = docx.Document()
    file.core_properties.title = "Compte rendu"
    file.add_heading("Le conseil municipal", level=1)
    paragraph = file.add_paragraph("Le maire ")
    paragraph.add_run("ne dément pas").bold = True
    paragraph.add_run(" la nouvelle.")
    file.add_paragraph("")
    outer = file.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "Commune"
    inner = outer.cell(0, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text = "Dégâts"
    inner.cell(0, 1).text = "12 maisons"
    file.add_paragraph("Première ligne,\nseconde ligne.")
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def word_xml(body: str, notes: str | None = None, prologue: str = "") -> bytes:
    """A DOCX of this body, and of footnotes where there are some."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'{prologue}<w:document xmlns:w="{W}"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>",
    }
    if notes is not None:
        parts["word/footnotes.xml"] = f'<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>'
        parts["word/_rels/document.xml.rels"] = (
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Target="footnotes.xml"'
            f' Type="{OFFICE}/footnotes"/></Relationships>'
        )
    return archive(parts)


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()
