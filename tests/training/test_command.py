from __future__ import annotations

from click.testing import CliRunner

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
