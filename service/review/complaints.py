"""What is wrong with what somebody sent, in the language of the pages.

Errors are written in English where they arise, for callers of the API too.
The sentences that people come across in the forms are known here by their
shape; what is not known stays as it was written.
"""

from __future__ import annotations

import re

from service.review.languages import gettext
from service.review.terms import mark

SHAPES = (
    mark("there is nothing to translate but white space"),
    mark("the character at code point {position} is NUL"),
    mark("the character at code point {position} is half a surrogate pair"),
    mark("{length} characters are more than the limit of {limit}"),
    mark("this is far longer than the limit of {limit} characters"),
    mark("no model translates {pair}; the pairs there are: {pairs}"),
    mark("choose one of {choices}"),
    mark("send either a text or a file, not both"),
    mark("this is no text in UTF-8 (byte {byte}); save it as plain text in UTF-8"),
    mark("this is no document of this service"),
    mark("not one can be translated; the first: {reason}"),
    mark("more than the limit of {limit} in a job"),
    mark("the file is empty"),
    mark("no document has the id {id}"),
    mark("no claim has the id {id}"),
    mark("no job has the id {id}"),
)
PLACE = re.compile(r"\\{(\w+)\\}")
PATTERNS = tuple(
    (shape, re.compile(PLACE.sub(r"(?P<\1>.+)", re.escape(shape)), re.DOTALL)) for shape in SHAPES
)
# An error names its field first.
FIELD = re.compile(r"[\w.-]+: ")


def said(message: str) -> str:
    """An error's message in the present reader's language, as far as its shape is known."""
    for text in (message, FIELD.sub("", message, count=1)):
        for shape, pattern in PATTERNS:
            if found := pattern.fullmatch(text):
                return gettext(shape).format(**found.groupdict())
    return message
