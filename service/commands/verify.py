"""`visavis verify`: whether an export still holds."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from alignment.formats.verification import Verification
from alignment.formats.verification import verify as verify_export
from service.commands.files import FILE, name_of, read_bytes, read_text

# Findings that are printed; one wrong text can put every quote out of place.
PRINTED = 20


@click.command()
@click.argument("file", type=FILE)
@click.option("--text", "original", type=FILE, help="The original that FILE should quote.")
@click.option("--translation", type=FILE, help="The translation that FILE should quote.")
def verify(file: Path, original: Path | None, translation: Path | None) -> None:
    """Check an export: every quote stands where its span says, every hash is that of its text.

    FILE is JSON, JSON Lines, TMX, XLIFF, Web Annotation or CSV that visavis
    wrote (- is standard input). JSON, TMX and XLIFF hold both texts; the others
    only quote them, so name the texts. Ends with 1 where something doesn't hold
    or nothing could be compared. A hash says which text it is, not who wrote it:
    against forgery, name the texts that you trust.

    \b
    visavis verify article.tmx
    visavis verify article.csv --text article.txt
    """
    data = read_bytes(file)
    found = verify_export(
        data,
        original=read_text(original) if original else None,
        translation=read_text(translation) if translation else None,
    )
    for finding in found.findings[:PRINTED]:
        click.echo(str(finding))
    if len(found.findings) > PRINTED:
        click.echo(f"… and {len(found.findings) - PRINTED} more")
    click.echo(_summary(found, name_of(file)))
    if not found.holds or (found.unread and not found.quotes):
        sys.exit(1)


def _summary(found: Verification, name: str) -> str:
    if found.unread and not found.quotes:
        return f"{name} ({found.format}) only quotes its texts: name them by --text, --translation"
    checked = f"{found.quotes} quotes and {found.hashes} hashes compared"
    unread = (
        f"; {found.unread} quotes not, for want of their text (--text, --translation)"
        if found.unread
        else ""
    )
    verdict = "holds" if found.holds else f"does not hold: {len(found.findings)} found"
    return f"{name} ({found.format}) {verdict}; {checked}{unread}"
