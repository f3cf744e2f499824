from __future__ import annotations

import lzma
from random import Random

import pytest

from tests.training.phrases import write_bitext
from training.bitext import Pair, mixed, read_bitext
from training.errors import BitextMissing, BitextUneven

PAIRS = [("Il pleut.", "It rains."), ("Il neige.", "It snows.")]


def test_pairs_are_read_line_by_line(tmp_path):
    prefix = write_bitext(tmp_path / "weather", PAIRS)
    assert list(read_bitext(prefix)) == [
        Pair("Il pleut.", "It rains.", "weather"),
        Pair("Il neige.", "It snows.", "weather"),
    ]


def test_packed_files_are_read(tmp_path):
    for suffix, line in (("fr", "Il pleut.\n"), ("en", "It rains.\n"), ("src", "radio\n")):
        with lzma.open(tmp_path / f"weather.{suffix}.xz", "wt", encoding="utf-8") as file:
            file.write(line)
    assert list(read_bitext(tmp_path / "weather")) == [Pair("Il pleut.", "It rains.", "radio")]


def test_a_source_can_be_left_out(tmp_path):
    prefix = write_bitext(tmp_path / "weather", PAIRS, "radio")
    assert list(read_bitext(prefix, ["radio"])) == []


def test_only_a_line_feed_ends_a_line(tmp_path):
    prefix = write_bitext(tmp_path / "lines", [("un\u2028deux", "one\u0085two")])
    assert [pair.source for pair in read_bitext(prefix)] == ["un\u2028deux"]


def test_a_side_that_ends_early_is_an_error(tmp_path):
    prefix = write_bitext(tmp_path / "weather", PAIRS)
    (tmp_path / "weather.en").write_text("It rains.\n")
    with pytest.raises(BitextUneven, match="after 1 lines"):
        list(read_bitext(prefix))


def test_a_side_that_is_not_there_is_an_error(tmp_path):
    prefix = write_bitext(tmp_path / "weather", PAIRS)
    (tmp_path / "weather.en").unlink()
    with pytest.raises(BitextMissing, match=r"weather\.en"):
        list(read_bitext(prefix))


@pytest.mark.parametrize(("temperature", "small"), [(1.0, 10), (2.0, 25)])
def test_a_higher_temperature_takes_more_of_a_small_source(temperature, small):
    pairs = {
        "large": [Pair(str(number), "", "large") for number in range(90)],
        "small": [Pair(str(number), "", "small") for number in range(10)],
    }
    drawn = mixed(pairs, 100, temperature, Random(1))
    assert sum(pair.origin == "small" for pair in drawn) == small


def test_pairs_are_repeated_only_when_all_are_in():
    pairs = {"one": [Pair(str(number), "", "one") for number in range(4)]}
    drawn = mixed(pairs, 6, 1.0, Random(1))
    assert {pair.source for pair in drawn} == {"0", "1", "2", "3"}
