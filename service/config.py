"""Everything an operator can set, read once from the environment.

Each field of `Settings` is one variable: `models` is VISAVIS_MODELS.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from alignment.checks.guard import issue_types
from alignment.errors import UnknownIssueType

PREFIX = "VISAVIS_"
CHECKOUT = Path(__file__).resolve().parent.parent

EngineChoice = Literal["auto", "ctranslate2", "torch"]
RunnerChoice = Literal["embedded", "none"]
# The smallest value of what is counted.
LEAST = {
    "max_characters": 1,
    "batch_tokens": 1,
    "threads": 1,
    "chunk_characters": 1,
    "remembered": 0,
    "session_hours": 1,
    "proxies": 0,
}


def default_database() -> str:
    """The file of the store, among the user's data as the XDG specification has them."""
    given = Path(os.environ.get("XDG_DATA_HOME", ""))
    # A relative one is to be ignored, says the specification.
    home = given if given.is_absolute() else Path.home() / ".local" / "share"
    return str(home / "visavis" / "visavis.db")


class BadSetting(ValueError):
    """A variable that is unknown or cannot be read as its type."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can set.

    `models`          the folder of the models
    `engine`          auto takes CTranslate2 on a CPU and torch on a GPU
    `max_characters`  the longest article taken, in code points
    `batch_tokens`    pieces in a batch, padding included
    `threads`         sentences' batches translated at once, one core each
    `ignored`         types of issues that are not looked for, parted by commas
    `database`        the store: a file for SQLite, or the URL of a PostgreSQL database
    `host`, `port`    where `visavis serve` listens; port 0 is any free one
    `runner`          embedded runs jobs inside `visavis serve`; none leaves them to others
    `broker`          the URL of RabbitMQ, where `visavis worker` runs the jobs
    `chunk_characters`  how much of a job is translated at a time, in code points
    `remembered`      how many sentences of jobs are kept to be translated no second time
    `private_webhooks`  whether a job may report to addresses of the local network
    `two_signatures`  whether a segment is signed off by somebody other than its reviewer
    `session_hours`   how long somebody stays signed in
    `allowed_hosts`   names that the service answers to beside its own, parted by commas
    `proxies`         how many reverse proxies stand before the service
    `oidc_…`          the identity provider that people may sign in with
    """

    models: Path = CHECKOUT / "models_cache"
    engine: EngineChoice = "auto"
    max_characters: int = 200_000
    batch_tokens: int = 1024
    threads: int = min(4, os.cpu_count() or 1)
    ignored: tuple[str, ...] = ()
    database: str = field(default_factory=default_database)
    host: str = "127.0.0.1"
    port: int = 8000
    runner: RunnerChoice = "embedded"
    broker: str = field(default="", repr=False)
    chunk_characters: int = 20_000
    remembered: int = 50_000
    private_webhooks: bool = False
    two_signatures: bool = False
    session_hours: int = 12
    allowed_hosts: tuple[str, ...] = ()
    proxies: int = 0
    oidc_issuer: str = ""
    oidc_client: str = ""
    oidc_secret: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.database:
            raise BadSetting(f"{PREFIX}DATABASE is empty: give a file or the URL of a database")
        for name, least in LEAST.items():
            if getattr(self, name) < least:
                value = getattr(self, name)
                raise BadSetting(f"{PREFIX}{name.upper()}={value} is not {least} or more")
        try:
            issue_types(self.ignored)
        except UnknownIssueType as error:
            raise BadSetting(f"{PREFIX}IGNORED: {error}") from None
        if not 0 <= self.port <= 65_535:
            raise BadSetting(f"{PREFIX}PORT={self.port} is not a port from 0 to 65535")

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """The settings of an environment. Raises BadSetting, naming variable and value."""
        kinds = get_type_hints(cls)
        values = {}
        for variable, text in environ.items():
            if not variable.startswith(PREFIX):
                continue
            name = variable.removeprefix(PREFIX).lower()
            if name not in kinds:
                raise BadSetting(f"{variable} is not a setting")
            values[name] = _read(variable, text, kinds[name])
        return cls(**values)


def _read(variable: str, text: str, kind: Any) -> Any:
    if get_origin(kind) is Literal:
        if text not in get_args(kind):
            choices = ", ".join(get_args(kind))
            raise BadSetting(f"{variable}={text!r} is not one of {choices}")
        return text
    if kind is bool:
        if text not in ("true", "false"):
            raise BadSetting(f"{variable}={text!r} is not true or false")
        return text == "true"
    if get_origin(kind) is tuple:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    try:
        return kind(text)
    except ValueError:
        raise BadSetting(f"{variable}={text!r} is not a valid {kind.__name__}") from None
