import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.agreement import Concord, concord

YES, NO, MAYBE = "faithful", "unfaithful", "unclear"


def test_kappa_of_the_table_that_is_always_quoted():
    # 20 and 15 alike of 50; the first says yes to 25, the second to 30.
    pairs = [(YES, YES)] * 20 + [(YES, NO)] * 5 + [(NO, YES)] * 10 + [(NO, NO)] * 15
    assert concord(pairs) == Concord(50, 0.7, 0.5, pytest.approx(0.4))


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        ([(YES, YES), (NO, NO)], Concord(2, 1.0, 0.5, 1.0)),
        ([(YES, NO), (NO, YES)], Concord(2, 0.0, 0.5, -1.0)),
        ([(YES, YES), (YES, NO), (NO, YES), (NO, NO)], Concord(4, 0.5, 0.5, 0.0)),
        ([(YES, NO)] * 3, Concord(3, 0.0, 0.0, 0.0)),
        ([(YES, MAYBE), (NO, NO)], Concord(2, 0.5, 0.25, pytest.approx(1 / 3))),
    ],
)
def test_agreement_is_measured_beyond_chance(pairs, found):
    assert concord(pairs) == found


def test_two_who_always_say_the_same_one_thing_have_no_kappa():
    assert concord([(YES, YES)] * 7) == Concord(7, 1.0, 1.0, None)


def test_two_who_have_judged_nothing_together_do_not_agree():
    assert concord([]) is None


VERDICTS = st.sampled_from([YES, NO, MAYBE])


@given(st.lists(st.tuples(VERDICTS, VERDICTS), min_size=1))
def test_agreement_is_the_same_whoever_is_named_first(pairs):
    assert concord(pairs) == concord([(second, first) for first, second in pairs])
    kappa = concord(pairs).kappa
    assert kappa is None or -1 <= kappa <= 1
