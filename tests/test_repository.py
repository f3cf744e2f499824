"""What the repository says about itself is true: settings, versions, commands, the lock."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from service.app import create_app
from service.cli import visavis
from service.config import PREFIX, Settings
from tests.fakes import FakeEngines, kept

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TARGETS = re.findall(
    r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
)
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "models_cache/**/*.md")
    for path in ROOT.glob(pattern)
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def documented_settings() -> dict[str, str]:
    """The variables in the table of docs/operations.md, and the defaults beside them."""
    rows = re.findall(rf"^\| `({PREFIX}\w+)` \| (.+?) \|", read("docs/operations.md"), re.MULTILINE)
    return dict(rows)


def test_every_setting_is_documented_and_every_documented_setting_exists():
    there = {PREFIX + field.name.upper() for field in fields(Settings)}
    assert set(documented_settings()) == there


@pytest.mark.parametrize("name", ["engine", "max_characters", "batch_tokens", "host", "port"])
def test_the_documented_default_is_the_default(name):
    assert documented_settings()[PREFIX + name.upper()] == f"`{getattr(Settings(), name)}`"


def test_every_route_is_documented():
    app = create_app(Settings(), FakeEngines(), kept())
    routes = {
        f"{method} " + re.sub(r"<(?:\w+:)?(?:\w+_)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not rule.arguments & {"filename", "kind"}
    }
    documented = set(re.findall(r"`((?:GET|POST|PUT|PATCH|DELETE) /\S*)`", read("docs/api.md")))
    assert routes - documented == set()


def test_the_newest_version_in_the_changelog_is_the_projects():
    versions = re.findall(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == PROJECT["version"]


def pinned() -> dict[str, Version]:
    lines = [line for line in read("constraints.txt").splitlines() if not line.startswith("#")]
    pairs = [line.split("==") for line in lines]
    return {canonicalize_name(name): Version(version) for name, version in pairs}


@pytest.mark.parametrize(
    "line", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
)
def test_a_dependency_is_bounded_and_locked_within_its_bounds(line):
    requirement = Requirement(line)
    bounds = {each.operator for each in requirement.specifier}
    assert bounds == {">=", "<"}
    assert requirement.specifier.contains(pinned()[canonicalize_name(requirement.name)])


def needed(requirements: list[Requirement]) -> Iterator[str]:
    """The distributions that requirements bring, and theirs, as far as they are installed here."""
    waiting = list(requirements)
    seen: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        if str(requirement) in seen:
            continue
        seen.add(str(requirement))
        yield canonicalize_name(requirement.name)
        try:
            lines = requires(requirement.name) or []
        except PackageNotFoundError:
            continue
        for inner in map(Requirement, lines):
            extras = requirement.extras or {""}
            if not inner.marker or any(inner.marker.evaluate({"extra": each}) for each in extras):
                waiting.append(inner)


def test_the_lock_has_everything_that_the_project_brings():
    direct = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    brought = set(needed(list(map(Requirement, direct))))
    # CUDA comes with some builds of torch and not with others.
    portable = {name for name in brought if not name.startswith(("cuda", "nvidia", "triton"))}
    assert portable - set(pinned()) == set()


def test_the_lock_names_versions_and_nothing_of_the_machine_it_was_made_on():
    lines = read("constraints.txt").splitlines()[1:]
    assert [
        line for line in lines if not re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9.]+(\.post\d+)?", line)
    ] == []


def shell_lines(name: str) -> list[str]:
    """What a page tells its reader to type: the `$ …` lines of its code blocks."""
    blocks = re.findall(r"^```console\n(.*?)^```", read(name), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in re.findall(r"^\$ (.*)", block, re.MULTILINE)]


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_exist(page):
    lines = "\n".join(shell_lines(page))
    made = set(re.findall(r"\bmake ([a-z-]+)", lines))
    run = set(re.findall(r"\bvisavis ([a-z]+)", lines))
    assert (made - set(TARGETS), run - set(visavis.commands)) == (set(), set())


def test_the_readme_begins_with_the_two_commands_of_a_newcomer():
    assert shell_lines("README.md")[:3][-2:] == ["make demo", "make test"]


@pytest.mark.parametrize("page", PAGES)
def test_the_links_of_a_page_lead_somewhere(page):
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", read(page))
    local = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [each for each in local if not (ROOT / page).parent.joinpath(each).exists()] == []


def test_every_decision_is_in_the_list_of_decisions():
    pages = {path.name for path in (ROOT / "docs" / "decisions").glob("0*.md")}
    assert set(re.findall(r"\]\((0.+\.md)\)", read("docs/decisions/README.md"))) == pages


def test_make_alone_lists_every_target():
    printed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"^  make ([\w-]+)", printed, re.MULTILINE) == TARGETS


def test_an_old_python_is_refused_by_name(tmp_path):
    old = tmp_path / "python2"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 2.7.18\nexit 1\n')
    old.chmod(0o755)
    run = subprocess.run(
        ["make", "test", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode != 0
    assert f"Vis-à-vis needs Python 3.11 or newer; {old} is Python 2.7.18." in run.stderr


def test_continuous_integration_runs_the_checks_of_a_developer():
    script = read(".ci/run")
    assert re.findall(r"^make (\w+)$", script, re.MULTILINE) == ["demo", "check"]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100
