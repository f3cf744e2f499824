"""An engine that takes its time, kills the process that it is in, or hangs."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from service.engine import Choice, Quality, Translation, likeliest
from service.worker import HARD_LIMIT
from tests.fakes import WordByWord

# Stands in an article on which a worker dies each time, and one on which it hangs the first time.
DEADLY = "meurtrière"
ENDLESS = "interminable"


def first_time(sentence: str) -> bool:
    """Whether no process of this job was asked for a sentence before."""
    name = sha256(sentence.encode()).hexdigest()
    try:
        (Path(os.environ["FAKE_FOLDER"]) / name).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


class Paced(WordByWord):
    """Takes its time for each sentence, and doesn't survive some."""

    pace = float(os.environ.get("FAKE_PACE", "0"))

    def translate(
        self,
        sentences: Sequence[str],
        quality: Quality = "best",
        on_progress: Callable[[int], None] | None = None,
        choice: Choice = likeliest,
    ) -> list[Translation]:
        for sentence in sentences:
            time.sleep(self.pace)
            if DEADLY in sentence:
                os.kill(os.getpid(), signal.SIGKILL)
            if ENDLESS in sentence and first_time(sentence):
                time.sleep(HARD_LIMIT)
            if on_progress:
                on_progress(1)
        return super().translate(sentences, quality, None, choice)
