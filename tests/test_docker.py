"""The Dockerfile, read closely: no Docker engine is needed to see whether it can work."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

from service.cli import visavis
from service.config import PREFIX, Settings

ROOT = Path(__file__).parent.parent


class Instruction(NamedTuple):
    """One instruction, its continued lines joined, and the number of its stage from 0."""

    name: str
    arguments: str
    stage: int


def read_dockerfile() -> list[Instruction]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    stage = -1
    instructions = []
    for line in re.sub(r"\\\n", " ", code).splitlines():
        if not line.strip():
            continue
        name, arguments = line.split(maxsplit=1)
        stage += name == "FROM"
        instructions.append(Instruction(name, arguments.strip(), stage))
    return instructions


DOCKERFILE = read_dockerfile()
LAST_STAGE = DOCKERFILE[-1].stage


def last(name: str) -> str:
    """The arguments of the last instruction of a name in the final stage."""
    return [each.arguments for each in DOCKERFILE if each[::2] == (name, LAST_STAGE)][-1]


def copied() -> list[str]:
    """Every path that is copied from the tree into the image."""
    paths = []
    for instruction in DOCKERFILE:
        if instruction.name == "COPY" and "--from=" not in instruction.arguments:
            words = [each for each in instruction.arguments.split() if not each.startswith("--")]
            paths.extend(words[:-1])
    return paths


def ignored(path: str) -> bool:
    """Whether .dockerignore keeps a path out: the last pattern that matches it or a parent says."""
    out = False
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        expression = re.escape(pattern.removeprefix("!"))
        expression = expression.replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
        if re.fullmatch(f"{expression}(?:/.*)?", path):
            out = not pattern.startswith("!")
    return out


@pytest.mark.parametrize("path", copied())
def test_what_is_copied_is_in_the_tree_and_not_ignored(path):
    assert ((ROOT / path).exists(), ignored(path)) == (True, False)


@pytest.mark.parametrize(
    "path",
    [
        ".git/config",
        ".venv/bin/python",
        "demo.html",
        "tests/fakes.py",
        "models_cache/other/config.json",
        "service/__pycache__/cli.pyc",
    ],
)
def test_what_the_image_does_not_need_stays_out(path):
    assert ignored(path)


def test_every_package_is_copied():
    assert {"alignment", "service", "models_cache/visavis-fr-en", "constraints.txt"} <= set(
        copied()
    )


def test_the_project_is_built_in_a_stage_of_its_own():
    built = [each.stage for each in DOCKERFILE if each.name == "RUN" and "pip" in each.arguments]
    assert set(built) == {0}
    assert LAST_STAGE == 1


def test_it_runs_as_a_user_that_it_makes():
    assert last("USER") not in {"root", "0"}
    assert last("USER") in shlex.split(last("RUN"))


def test_its_volumes_are_made_for_its_user():
    made = re.findall(r"--(?:owner visavis|home-dir) (/\S+)", last("RUN"))
    assert sorted(made) == sorted(json.loads(last("VOLUME"))) == ["/app/models_cache", "/data"]


def test_its_command_is_one_of_visavis_that_the_readme_names():
    program, command = json.loads(last("CMD"))
    assert (program, command in visavis.commands) == ("visavis", True)
    assert f"{program} {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_its_build_and_run_lines_are_those_of_the_documentation():
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    lines = re.findall(r"^# (docker .+)$", text, re.MULTILINE)
    assert len(lines) == 2
    assert all(f"$ {line}\n" in page for line in lines)


def environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in shlex.split(last("ENV")))


def test_its_environment_is_made_of_settings():
    settings = {name: value for name, value in environment().items() if name.startswith(PREFIX)}
    assert Settings.from_environ(settings) == Settings(
        models=Path("/app/models_cache"), database="/data/visavis.db", port=8000
    )


@pytest.fixture
def health_port(request):
    """A port that answers /healthz with the status asked for, and 404 elsewhere."""

    class Health(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(request.param if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    with HTTPServer(("127.0.0.1", 0), Health) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("health_port", "code"), [(200, 0), (503, 1)], indirect=["health_port"])
def test_its_health_check_tells_a_living_service_from_a_broken_one(health_port, code):
    _, program = last("HEALTHCHECK").split("CMD ", 1)
    command = [sys.executable, *json.loads(program)[1:]]
    environ = os.environ | {"VISAVIS_PORT": str(health_port)}
    assert subprocess.run(command, env=environ, stderr=subprocess.DEVNULL).returncode == code


def test_every_package_that_is_installed_is_in_the_image():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["setuptools"]["packages"]
    assert {name.partition(".")[0] for name in packages} <= set(copied())
