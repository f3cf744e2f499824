from __future__ import annotations

from click.testing import CliRunner

from tests.training.phrases import phrases, write_bitext
from training.__main__ import training


def test_what_is_missing_is_said_in_a_line(tmp_path):
    arguments = ["prepare", str(tmp_path / "news"), "--into", str(tmp_path / "corpus")]
    result = CliRunner().invoke(training, arguments)
    assert result.exit_code == 1
    assert "news.fr.xz is there" in result.output


def test_a_model_is_made_by_two_commands(prepared, tmp_path):
    shape = ["--width", "64", "--encoder-layers", "1", "--decoder-layers", "1"]
    arguments = ["train", str(prepared), "--into", str(tmp_path / "run"), "--minutes", "0.01"]
    result = CliRunner().invoke(training, [*arguments, *shape], catch_exceptions=False)
    assert result.exit_code == 0
    assert (tmp_path / "run" / "model" / "model.safetensors").exists()


def test_a_corpus_can_be_made_of_what_is_most_like_a_text(tmp_path):
    bitext = write_bitext(tmp_path / "phrases", phrases())
    (tmp_path / "news.fr").write_text("le maire ouvre la porte rouge .\n\n" * 9, encoding="utf-8")
    arguments = ["prepare", str(bitext), "--into", str(tmp_path / "corpus"), "--pieces", "120"]
    wanted = ["--like", str(tmp_path / "news.fr"), "--like-share", "0.1", "--pairs", "60"]
    result = CliRunner().invoke(training, [*arguments, *wanted], catch_exceptions=False)
    assert result.exit_code == 0
    assert "most like the text: phrases 60" in result.output


def test_a_text_without_sentences_is_refused(tmp_path):
    bitext = write_bitext(tmp_path / "phrases", phrases())
    (tmp_path / "news.fr").write_text("\n", encoding="utf-8")
    arguments = ["prepare", str(bitext), "--into", str(tmp_path / "corpus")]
    result = CliRunner().invoke(training, [*arguments, "--like", str(tmp_path / "news.fr")])
    assert result.exit_code == 1
    assert "news.fr holds no sentence" in result.output
