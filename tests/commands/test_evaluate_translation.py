import json

import pytest
from click.testing import CliRunner

from service.cli import visavis
from service.commands import evaluate_translation
from service.commands.evaluate_translation import score
from tests.fakes import FakeEngines

LINES = ["Il pleut sur la ville ce soir.", "Le maire a signé.", "Elle part demain matin."]


@pytest.fixture
def evaluate(tmp_path, monkeypatch):
    """Runs `visavis evaluate translation` with the engine that shouts."""
    monkeypatch.setattr(evaluate_translation, "InstalledEngines", lambda settings: FakeEngines())

    def run(source, reference, *options):
        (tmp_path / "fr").write_text(source, encoding="utf-8", newline="")
        (tmp_path / "en").write_text(reference, encoding="utf-8", newline="")
        files = ["--source", str(tmp_path / "fr"), "--reference", str(tmp_path / "en")]
        return CliRunner().invoke(visavis, ["evaluate", "translation", *files, *options])

    return run


def text(lines):
    return "".join(f"{line}\n" for line in lines)


def test_what_the_engine_says_is_scored(evaluate):
    result = evaluate(text(LINES), text(map(str.upper, LINES)), "--json")
    data = json.loads(result.stdout)
    assert (data["bleu"], data["chrf2"], data["sentences"]) == (100.0, 100.0, 3)
    assert data["bleu_signature"].startswith("nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version")
    assert data["model"]["name"] == "word-by-word"


def test_people_read_figures_with_their_signatures(evaluate):
    result = evaluate(text(LINES), text(LINES))
    assert "BLEU " in result.stdout
    assert "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version" in result.stdout
    assert "3 sentences, 0 repaired, " in result.stdout
    assert "word-by-word 1, fake, quality:best" in result.stdout


def test_the_translations_can_be_kept(evaluate, tmp_path):
    evaluate(text(LINES), text(LINES), "-o", str(tmp_path / "out"))
    assert (tmp_path / "out").read_text(encoding="utf-8") == text(map(str.upper, LINES))


def test_lines_that_do_not_pair_up_are_refused(evaluate):
    result = evaluate(text(LINES), text(LINES[1:]))
    assert result.exit_code == 1
    assert "has 3 lines and" in result.stderr


def test_an_empty_file_is_refused(evaluate):
    result = evaluate("", "")
    assert result.exit_code == 1
    assert "is empty" in result.stderr


def test_scores_are_those_of_sacrebleu():
    # sacreBLEU 2.6 itself, on the command line: sacrebleu en -i out -m bleu chrf -b -w 2
    references = ["The cat sat on the mat today.", "He did not come home."]
    translations = ["The cat sat on the mat.", "He did not come back home."]
    found = score(translations, references)
    assert (found.bleu, found.chrf2) == (67.61, 75.84)


def test_a_pair_without_a_model_is_refused(evaluate):
    result = evaluate(text(LINES), text(LINES), "--from", "de")
    assert result.exit_code == 1
    assert "de-en" in result.stderr
