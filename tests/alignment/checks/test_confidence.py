from __future__ import annotations

import pytest

from alignment.checks.confidence import CHECK, LOW
from alignment.document import Issue
from alignment.span import Span
from tests.alignment.checks.whole import found


def test_a_low_score_is_minor():
    assert found(CHECK, "Il dort.", "He sleeps.", -2.0) == [
        Issue(
            "low_confidence",
            "minor",
            "the model was unsure of this sentence: -2.00 a piece, where -0.92 and more is usual",
            (Span(0, 8),),
            (Span(0, 10),),
        )
    ]


@pytest.mark.parametrize("score", [None, 0.0, LOW])
def test_other_scores_and_none_are_left_alone(score):
    assert found(CHECK, "Il dort.", "He sleeps.", score) == []
