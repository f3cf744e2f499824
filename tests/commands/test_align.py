import json

import pytest
from click.testing import CliRunner

from service.cli import visavis


@pytest.fixture
def align(tmp_path):
    """Run `visavis align` on two texts."""

    def run(source, target, *options):
        (tmp_path / "text.fr").write_bytes(source.encode("utf-8"))
        (tmp_path / "text.en").write_bytes(target.encode("utf-8"))
        files = [str(tmp_path / "text.fr"), str(tmp_path / "text.en")]
        return CliRunner().invoke(visavis, ["align", *options, *files])

    return run


WORDS = ("--pretokenized", "--format", "pharaoh")


def test_words_are_linked_by_lexicon_and_model(align):
    answer = align(
        "le gouvernement propose une loi .\n", "the government proposes a law .\n", *WORDS
    )
    assert (answer.exit_code, answer.output) == (0, "0-0 1-1 2-2 3-3 4-4 5-5\n")


def test_each_line_has_its_line_even_when_nothing_is_linked(align):
    source, target = "le gouvernement\n\n2023\n \n", "the government\n\n2023\nthe\n"
    answer = align(source, target, *WORDS, "--lexicon-only")
    assert (answer.exit_code, answer.output) == (0, "0-0 1-1\n\n0-0\n\n")


def test_no_lines_have_no_lines(align):
    answer = align("", "", *WORDS, "--lexicon-only")
    assert (answer.exit_code, answer.output) == (0, "")


def test_a_no_break_space_parts_no_words(align):
    answer = align("1\u202f234 chats", "1,234 cats", *WORDS, "--lexicon-only")
    assert answer.output == "0-0 1-1\n"


def test_carriage_returns_and_tabs_are_no_words(align):
    answer = align("le\tgouvernement \r\n", "the  government\r\n", *WORDS, "--lexicon-only")
    assert answer.output == "0-0 1-1\n"


def test_files_of_different_lengths_are_refused_with_both_counts(align):
    answer = align("un\ndeux\ntrois\n", "one\ntwo\n", *WORDS)
    assert answer.exit_code == 1
    assert "text.fr has 3 lines" in answer.output
    assert "text.en 2;" in answer.output


def test_nothing_is_left_to_align_with_if_both_are_left_out(align):
    answer = align("un", "one", *WORDS, "--lexicon-only", "--model-only")
    assert (answer.exit_code, "leave nothing" in answer.output) == (2, True)


def test_a_pair_without_lexicon_is_named(align):
    answer = align("un", "unan", *WORDS, "--lexicon-only", "--to", "br")
    assert answer.exit_code == 1
    assert "no lexicon for fr-br" in answer.output


def test_the_model_alone_may_be_asked(align):
    answer = align("le gouvernement .", "the government .", *WORDS, "--model-only")
    assert (answer.exit_code, answer.output.count("\n")) == (0, 1)


def test_links_may_be_written_to_a_file(align, tmp_path):
    output = tmp_path / "links.txt"
    answer = align("2023", "2023", *WORDS, "--lexicon-only", "-o", str(output))
    assert (answer.output, output.read_text(encoding="utf-8")) == ("", "0-0\n")


ARTICLE = "Le gouvernement propose une loi. Elle est courte.\n\nLe maire dort.\n"
TRANSLATION = "The government proposes a law. It is short.\n\nThe mayor sleeps.\n"


def test_two_texts_become_an_aligned_document(align):
    answer = align(ARTICLE, TRANSLATION, "--lexicon-only")
    document = json.loads(answer.output)
    assert (document["source"], document["target"]) == (ARTICLE, TRANSLATION)
    assert [segment["source"] for segment in document["segments"]] == [
        {"start": 0, "end": 32},
        {"start": 33, "end": 49},
        {"start": 51, "end": 65},
    ]
    links = [(link["source"], link["target"]) for link in document["segments"][0]["links"]]
    assert ([3, 15], [4, 14]) in links


def test_a_ladder_names_sentences_by_number(align):
    answer = align(ARTICLE, TRANSLATION, "--lexicon-only", "--format", "ladder")
    assert json.loads(answer.output) == [[[0], [0]], [[1], [1]], [[2], [2]]]


def test_lines_are_sentences_if_one_says_so(align):
    answer = align(ARTICLE, TRANSLATION, "--lexicon-only", "--lines", "--format", "ladder")
    assert json.loads(answer.output) == [[[0], [0]], [[1], [1]], [[2], [2]]]


def test_the_model_helps_to_align_texts_unless_told_otherwise(align):
    document = json.loads(align(ARTICLE, TRANSLATION).output)
    assert document["model"]["name"] == "visavis-fr-en"


def test_links_of_texts_have_a_line_for_each_pair_of_sentences(align):
    answer = align("Le maire dort.", "The mayor sleeps.", "--lexicon-only", "--format", "pharaoh")
    assert answer.output.startswith("0-0 1-1")
    assert answer.output.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--pretokenized", "--format", "json"), "--pretokenized has no --format json"),
        (("--model-only",), "--model-only goes with --pretokenized"),
    ],
)
def test_options_that_contradict_each_other_are_refused(align, options, reason):
    answer = align("un", "one", *options)
    assert (answer.exit_code, reason in answer.output) == (2, True)


def test_a_translation_memory_has_a_unit_for_each_pair_of_sentences(align):
    answer = align(ARTICLE, TRANSLATION, "--lexicon-only", "--format", "tmx")
    assert answer.output.startswith("<?xml")
    assert answer.output.count("<tu ") + answer.output.count("<tu>") == 3
