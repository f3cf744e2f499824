"""The `visavis` command.

Exit codes: 0 done; 1 it could not be done, and standard error says why; 2 the
command was not understood; 3 done, and an issue is as severe as --fail-on.
"""

from __future__ import annotations

from typing import Any

import click

from alignment.errors import AlignmentError
from service.commands.align import align
from service.commands.check import check
from service.commands.demo import demo
from service.commands.evaluate import evaluate
from service.commands.jobs import jobs
from service.commands.keys import keys
from service.commands.models import models
from service.commands.segment import segment
from service.commands.serve import serve
from service.commands.translate import translate
from service.commands.users import users
from service.commands.verify import verify
from service.commands.worker import worker
from service.config import BadSetting
from service.errors import ServiceError

HELP = {"help_option_names": ["-h", "--help"]}


class Visavis(click.Group):
    """A group whose commands end with one clear line where something is wrong."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (AlignmentError, ServiceError, BadSetting) as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Visavis, context_settings=HELP)
@click.version_option(package_name="vis-a-vis")
def visavis() -> None:
    """Translate French articles and keep the thread back to every original word.

    \b
    visavis translate article.txt                the translation
    visavis translate article.txt --format html  both texts, aligned, in one page
    visavis check original.txt translation.txt   what to look at in a translation that there is
    visavis serve                                the service and its pages
    visavis jobs submit articles/ --wait         many articles, which no interruption loses
    """


COMMANDS = (
    translate,
    align,
    check,
    verify,
    segment,
    serve,
    jobs,
    worker,
    users,
    keys,
    models,
    evaluate,
    demo,
)
for command in COMMANDS:
    visavis.add_command(command)


if __name__ == "__main__":
    visavis()
