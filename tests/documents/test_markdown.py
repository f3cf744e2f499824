"""Markdown: blocks as they stand, and prose without marks in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.documents.errors import FileTooLarge, NothingToRead
from service.documents.reading import read_article

ARTICLE = """---
title: 'Le pont'
---
# Le *grand* [pont](https://exemple.fr/a_b) #

Le **maire** ne
dément pas,  
mais il `attend`.

> Une citation
> sur deux lignes.

- [ ] Refaire le pont
- L’école
  rouvre

```python
print("l’été")
```

    code en retrait

| Commune | Dégâts |
|---------|:------:|
| Saint-Aubin | 12 \\| **13** maisons |

<div>du HTML</div>

[a]: https://exemple.fr

![le pont](pont.png)

Vu[^1] &amp; *entendu* 😀 !
"""
STORED = """---
title: 'Le pont'
---
# Le grand pont #

Le maire ne dément pas,  
mais il attend.

> Une citation sur deux lignes.

- [ ] Refaire le pont
- L’école rouvre

```python
print("l’été")
```

    code en retrait

| Commune | Dégâts |
|---------|:------:|
| Saint-Aubin | 12 \\| 13 maisons |

<div>du HTML</div>

[a]: https://exemple.fr

![le pont](pont.png)

Vu[^1] & entendu 😀 !
"""
PROSE = [
    "Le grand pont",
    "Le maire ne dément pas,",
    "mais il attend.",
    "Une citation sur deux lignes.",
    "Refaire le pont",
    "L’école rouvre",
    "Commune",
    "Dégâts",
    "Saint-Aubin",
    "12 \\| 13 maisons",
    "Vu[^1] & entendu 😀 !",
]


def read(text):
    return read_article(text.encode(), "article.md")


def prose(article):
    return [span.of(article.text) for span in article.paragraphs]


def test_blocks_stay_and_prose_loses_its_marks():
    article = read(ARTICLE)
    assert article.text == STORED
    assert prose(article) == PROSE
    assert article.remarks == ("emphasis, the addresses of links and inline HTML are left out",)


def test_reading_what_was_stored_changes_nothing_more():
    assert read(STORED).text == STORED


def test_the_title_is_that_of_the_front_matter_or_the_first_heading():
    assert read(ARTICLE).title == "Le pont"
    assert read(ARTICLE[ARTICLE.index("#") :]).title == "Le grand pont"
    assert read("Un mot.").title is None


@pytest.mark.parametrize(
    ("text", "stored", "parts"),
    [
        ("\ufeff# Été\r\n\r\nIl part.\r\nOui.\r\n", "\ufeff# Été\r\n\r\nIl part. Oui.\r\n",
         ["Été", "Il part. Oui."]),
        ("Titre\n=====\nde\u0301ja\u0300 vu", "Titre\n=====\nde\u0301ja\u0300 vu",
         ["Titre", "de\u0301ja\u0300 vu"]),
        ("> - **Un**\n>   mot\n", "> - Un mot\n", ["Un mot"]),
        ("Fin de ligne\\\nOui", "Fin de ligne  \nOui", ["Fin de ligne", "Oui"]),
        ("Prix\u00a0: 3 * 4, a_b_c", "Prix\u00a0: 3 * 4, a_b_c", ["Prix\u00a0: 3 * 4, a_b_c"]),
        ("1. Un\n\t- *Deux*\n", "1. Un\n\t- Deux\n", ["Un", "Deux"]),
        ("a\u2028b\u0085c", "a\u2028b\u0085c", ["a\u2028b\u0085c"]),
    ],
    ids=["crlf", "setext", "nested", "break", "arithmetic", "tabs", "separators"],
)  # fmt: skip
def test_awkward_files_keep_their_characters(text, stored, parts):
    article = read(text)
    assert (article.text, prose(article)) == (stored, parts)


@pytest.mark.parametrize(
    "text", ["```\ncode\n```\n", "---\ntitle: x\n---\n", "<div>x</div>", "***"]
)
def test_a_file_without_prose_is_named(text):
    with pytest.raises(NothingToRead, match=r"^article\.md: there is no prose in it"):
        read(text)


@pytest.mark.parametrize("text", ["![[" * 50_000, "[a](" * 50_000, "*a " * 60_000, "> " * 60_000])
def test_hostile_marks_are_read_in_reasonable_time(text):
    assert read(text + "\n\nLe pont est fermé.\n").text.endswith("\nLe pont est fermé.\n")


def test_a_file_too_long_is_refused(monkeypatch):
    monkeypatch.setattr("service.documents.markdown.LARGEST", 3)
    with pytest.raises(FileTooLarge, match="4 characters of Markdown; at most 3"):
        read("Oui.")


@given(st.text(alphabet="aé \n\r\t*_`[]()!<>#-|\\&;1.😀\u00a0\u2028", max_size=60))
def test_paragraphs_stand_in_order_inside_the_text(text):
    try:
        article = read(text + "\n\nFin.")
    except NothingToRead:
        return  # an open fence takes the rest of the file
    edges = [edge for span in article.paragraphs for edge in span]
    assert edges == sorted(edges)
    assert all(span.of(article.text).strip() for span in article.paragraphs)
    assert edges[-1] <= len(article.text)
