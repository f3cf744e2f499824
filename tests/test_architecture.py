"""The arrows of docs/architecture.md, and the size of things."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("alignment", "service")

# From the top down. A part imports from the layers below it and from itself, nothing else.
LAYERS = (
    ("service.cli",),
    ("service.commands",),
    ("service.app", "service.worker"),
    ("service.api", "service.review"),
    ("service.access", "service.jobs"),
    ("service.keeping", "service.metrics", "service.reviewing"),
    ("service.article", "service.bitext", "service.translate"),
    ("service.align", "service.repair"),
    ("service.engine",),
    ("service.store", "service.documents"),
    ("service.config", "service.errors", "service.logs"),
    ("alignment",),
)
LAYER = {part: number for number, layer in enumerate(LAYERS) for part in layer}
MODEL_LIBRARIES = {"torch", "transformers", "ctranslate2", "sentencepiece", "huggingface_hub"}
MODULE_LINES = 300
FUNCTION_LINES = 60

Modules = dict[str, Path]


def find_modules(root: Path) -> Modules:
    """Every module under `root`, by its dotted name; a package by its own."""
    found = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(name: str, path: Path) -> Iterator[str]:
    """Every name that a module imports, wherever in it; `from a import b` gives a and a.b."""
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (base, *(f"{base}.{alias.name}" for alias in node.names))


def ours(modules: Modules) -> Iterator[tuple[str, str]]:
    """Pairs of our modules: the first imports the second."""
    for name, path in modules.items():
        yield from ((name, each) for each in imported(name, path) if each in modules)


def part_of(name: str) -> str:
    package, *rest = name.split(".")
    return package if package == "alignment" or not rest else f"{package}.{rest[0]}"


def unplaced_parts(modules: Modules) -> list[str]:
    """Parts of the service that no layer has."""
    parts = {part_of(name) for name in modules} - {"service"}
    return sorted(f"{part} has no layer" for part in parts if part not in LAYER)


def upward_arrows(modules: Modules) -> list[str]:
    """Imports from a part of the same layer or of one above."""
    return [
        f"{name} imports {other}"
        for name, other in ours(modules)
        if part_of(name) != part_of(other)
        and part_of(other) != "service"
        and LAYER.get(part_of(name), 0) >= LAYER.get(part_of(other), 0)
    ]


def strangers_in_alignment(modules: Modules) -> list[str]:
    """What `alignment` imports besides itself, the standard library and numpy."""
    welcome = {"alignment", "numpy"} | sys.stdlib_module_names
    return [
        f"{name} imports {other}"
        for name, path in modules.items()
        if part_of(name) == "alignment"
        for other in imported(name, path)
        if other.split(".")[0] not in welcome
    ]


def models_outside_the_engine(modules: Modules) -> list[str]:
    """Model libraries that are imported outside `service.engine`, inside functions too."""
    return [
        f"{name} imports {other}"
        for name, path in modules.items()
        if part_of(name) != "service.engine"
        for other in imported(name, path)
        if other.split(".")[0] in MODEL_LIBRARIES
    ]


def import_cycles(modules: Modules) -> list[str]:
    """A ring of modules that import each other; a package's own name is no edge to its parts."""
    graph: dict[str, set[str]] = {name: set() for name in modules}
    for name, other in ours(modules):
        if not f"{name}.".startswith(f"{other}."):
            graph[name].add(other)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [" imports ".join(reversed(error.args[1]))]
    return []


def long_modules(modules: Modules) -> list[str]:
    lengths = {
        name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in modules.items()
    }
    return [f"{name}: {length} lines" for name, length in lengths.items() if length > MODULE_LINES]


def long_functions(modules: Modules) -> list[str]:
    """Functions of too many lines, from `def` to the last, decorators left out."""
    return [
        f"{name}.{node.name}: {length} lines"
        for name, path in modules.items()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ]


def silent_modules(modules: Modules) -> list[str]:
    """Modules with code and no docstring."""
    return [
        f"{name} has no docstring"
        for name, path in modules.items()
        if parsed(path).body and not ast.get_docstring(parsed(path))
    ]


RULES = (
    unplaced_parts,
    upward_arrows,
    strangers_in_alignment,
    models_outside_the_engine,
    import_cycles,
    long_modules,
    long_functions,
    silent_modules,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_has_no(rule):
    assert rule(find_modules(ROOT)) == []


def test_every_part_in_the_layers_exists():
    assert set(LAYER) <= {part_of(name) for name in find_modules(ROOT)}


def test_the_layers_are_those_of_the_documentation():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \d+ \| (.+?) \|", page, re.MULTILINE)
    drawn = [re.findall(r"`([\w/]+?)(?:/|\.py)`", row) for row in rows]
    assert drawn == [[part.replace(".", "/") for part in layer] for layer in LAYERS]


def test_the_command_starts_without_loading_a_model_library():
    loaded = subprocess.run(
        [sys.executable, "-c", "import service.cli, sys; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert MODEL_LIBRARIES.isdisjoint(loaded.stdout.split())


DOC = '"""Why."""\n'


@pytest.mark.parametrize(
    ("rule", "files", "found"),
    [
        (unplaced_parts, {"service/extra.py": DOC}, "service.extra has no layer"),
        (
            upward_arrows,
            {"service/errors.py": DOC, "alignment/span.py": f"{DOC}import service.errors"},
            "alignment.span imports service.errors",
        ),
        (
            upward_arrows,
            {"service/api/__init__.py": DOC, "service/review/page.py": f"{DOC}from ..api import x"},
            "service.review.page imports service.api",
        ),
        (
            upward_arrows,
            {"service/app.py": DOC, "service/translate.py": f"{DOC}from service import app"},
            "service.translate imports service.app",
        ),
        (
            strangers_in_alignment,
            {"alignment/words.py": f"{DOC}def f():\n    import regex"},
            "alignment.words imports regex",
        ),
        (
            models_outside_the_engine,
            {"service/api/translations.py": f"{DOC}import torch.nn"},
            "service.api.translations imports torch.nn",
        ),
        (
            import_cycles,
            {
                "alignment/span.py": f"{DOC}from alignment import words",
                "alignment/words.py": f"{DOC}from alignment.span import Span",
            },
            "alignment.span imports alignment.words imports alignment.span",
        ),
        (long_modules, {"alignment/span.py": DOC + "#\n" * 300}, "alignment.span: 301 lines"),
        (
            long_functions,
            {"alignment/span.py": f"{DOC}def f():\n" + "    g()\n" * 60},
            "alignment.span.f: 61 lines",
        ),
        (silent_modules, {"alignment/span.py": "x = 1"}, "alignment.span has no docstring"),
    ],
)
def test_a_violation_is_found(rule, files, found, tmp_path):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert rule(find_modules(tmp_path)) == [found]
