"""What people call the states, severities, verdicts and issues that the service writes in code."""

from __future__ import annotations

from service.review.languages import gettext


def mark(message: str) -> str:
    """The message itself; being named so, it gets into the catalogs."""
    return message


TERMS = {
    # A segment, and a document by its segments.
    "draft": mark("draft"),
    "reviewed": mark("reviewed"),
    "signed_off": mark("signed off"),
    # How bad an issue or a flag is.
    "none": mark("none"),
    "minor": mark("minor"),
    "major": mark("major"),
    "critical": mark("critical"),
    # A claim.
    "undecided": mark("nobody has judged it yet"),
    "faithful": mark("judged faithful to the original"),
    "unfaithful": mark("judged not faithful to the original"),
    "active": mark("active"),
    "orphaned": mark("orphaned"),
    "withdrawn": mark("withdrawn"),
    # A job, and an article of it.
    "receiving": mark("being received"),
    "queued": mark("waiting"),
    "running": mark("running"),
    "paused": mark("paused"),
    "cancelled": mark("cancelled"),
    "leased": mark("being translated"),
    "done": mark("done"),
    "failed": mark("failed"),
    # Somebody.
    "reader": mark("reader"),
    "translator": mark("translator"),
    "reviewer": mark("reviewer"),
    "admin": mark("administrator"),
    # Which text.
    "source": mark("original"),
    "target": mark("translation"),
    # What checks look for.
    "negation_lost": mark("negation lost"),
    "negation_added": mark("negation added"),
    "hedge_lost": mark("doubt lost"),
    "hedge_added": mark("doubt added"),
    "number_lost": mark("number lost"),
    "number_changed": mark("number changed"),
    "number_added": mark("number added"),
    "unit_changed": mark("unit changed"),
    "date_changed": mark("date changed"),
    "name_lost": mark("name lost"),
    "name_changed": mark("name changed"),
    "name_added": mark("name added"),
    "attribution_lost": mark("attribution lost"),
    "attribution_changed": mark("attribution changed"),
    "quotation_lost": mark("quotation lost"),
    "quotation_added": mark("quotation added"),
    "question_lost": mark("question lost"),
    "question_added": mark("question added"),
    "exclamation_lost": mark("exclamation lost"),
    "omission": mark("omission"),
    "addition": mark("addition"),
    "untranslated": mark("untranslated"),
    "repetition": mark("repetition"),
    "truncated": mark("truncated"),
    "length_ratio": mark("unusual length"),
    "unknown_characters": mark("unknown characters"),
    "low_confidence": mark("low confidence"),
    "empty": mark("empty"),
    "omitted": mark("omitted"),
    "added": mark("added"),
    "repaired": mark("repaired"),
}

# What the pure parts say in English of every translation.
LIMITS = (
    mark(
        "This is a machine’s translation. It can be fluent and wrong: names, numbers, negations "
        "and who said what need checking against the original before anything is quoted. "
        "A link shows which words the model looked at; it is a way back to the original, not a "
        "proof."
    ),
    mark("A link is a way back to the original; what it says of two words is no proof."),
)

# What is said of the formats of a download.
FORMATS = (
    mark("the translation alone"),
    mark("the aligned document, whole"),
    mark("the provenance, then a segment a line"),
    mark("both texts side by side, in a page of its own"),
    mark("a translation memory, TMX 1.4b"),
    mark("for translators' editors, XLIFF 2.1"),
    mark("W3C Web Annotations from each sentence to its original"),
    mark("a row for each segment, for spreadsheets"),
    mark("both texts in two columns"),
)


def term(code: str) -> str:
    """What the present reader calls a state, a severity, a verdict or a type of issue."""
    return gettext(TERMS[code]) if code in TERMS else code.replace("_", " ")
