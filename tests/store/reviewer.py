"""A process that reviews one document as fast as it can, and says what it got through.

`python -m tests.store.reviewer PLACE DOCUMENT NUMBER NAME COUNT`: COUNT times, the
segment's state is changed, or its text where NAME begins with a capital; a
conflict is answered by trying again with what it is now.
"""

import sys

from alignment.document import Segment
from alignment.span import Span
from service.store.opening import open_store
from service.store.reviews.changes import change_state, edit_segment
from service.store.reviews.errors import SegmentChanged
from service.store.reviews.reading import read_segment


def review(store, document, number, name, count):
    present = read_segment(store, document, number)
    done = conflicts = 0
    while done < count:
        try:
            present = changed(store, document, present, name, done)
            done += 1
        except SegmentChanged as error:
            conflicts += 1
            present = error.current
    print(done, conflicts, flush=True)


def changed(store, document, present, name, done):
    number, revision = present.number, present.revision
    if name.islower():
        state = "draft" if present.state == "reviewed" else "reviewed"
        return change_state(store, document, number, revision, state, name)
    text = f"{name} said it {done} times" + "!" * done
    found = Segment("", 0, Span(0, len(present.source)), Span(0, len(text)))
    return edit_segment(store, document, number, revision, text, found, name)


if __name__ == "__main__":
    place, document, number, name, count = sys.argv[1:]
    review(open_store(place), document, int(number), name, int(count))
