"""A process that writes until it is done or killed, and says what was acknowledged.

`python -m tests.store.writer PLACE COUNT NAME…`: for each number, an article
for each name; after each, a line with the name, the number and the id.
"""

import sys
from itertools import count, islice

from service.store.documents import save_document
from service.store.opening import open_store
from tests.store.articles import CHOIR, article


def numbered(name, number):
    """The article of this name and number, of a few dozen sentences."""
    sentences = [f"{name} dit {number} fois {each}. " for each in range(30)]
    return article([*sentences, *CHOIR])


def write(place, number_of_articles, names):
    store = open_store(place)
    for number in islice(count(), number_of_articles or None):
        for name in names:
            print(name, number, save_document(store, numbered(name, number)), flush=True)


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
