"""Stores for jobs, and jobs worked off at once, in the thread that asks for it."""

import atexit
import shutil
import tempfile
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from service.jobs.running import run_chunk
from service.store.jobs.chunks import claim_chunk
from service.store.opening import open_store


def work_off(store, engines, settings):
    """Whatever waits is done, or has failed."""
    while chunk := claim_chunk(store, "test"):
        run_chunk(store, engines, settings, chunk)


@contextmanager
def new_store(folder):
    """An empty store in a file visavis.db of a folder."""
    with closing(open_store(shutil.copy(_empty_file(), Path(folder) / "visavis.db"))) as store:
        yield store


@cache
def _empty_file():
    """A store that is copied: to make one takes long."""
    folder = Path(tempfile.mkdtemp(prefix="visavis-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    open_store(folder / "visavis.db").close()
    return folder / "visavis.db"
