"""What can go wrong while a model is made.

TrainingError
├── BitextUneven     the files of a bitext do not have as many lines
├── BitextMissing    a bitext of which a side is not there
├── NothingToLearn   there are no pairs, or too few
└── Diverged         the loss is no longer a number
"""

from __future__ import annotations

from pathlib import Path


class TrainingError(Exception):
    """The model cannot be made."""


class BitextUneven(TrainingError):
    """The files of a bitext do not have as many lines."""

    def __init__(self, prefix: Path, line: int) -> None:
        super().__init__(f"{prefix}: one of its files ends after {line} lines, another goes on")
        self.prefix = prefix
        self.line = line


class BitextMissing(TrainingError):
    """A bitext of which a side is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"neither {path} nor {path}.xz is there")
        self.path = path


class NothingToLearn(TrainingError):
    """There are no pairs, or too few."""


class Diverged(TrainingError):
    """The loss is no longer a number."""

    def __init__(self, step: int) -> None:
        super().__init__(f"the loss of step {step} is not a number; try a lower --rate")
        self.step = step
