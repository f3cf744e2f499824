"""A process that sends a job article by article and never comes to its end."""

from __future__ import annotations

import sys

from service.store.jobs.intake import add_articles, begin_job
from service.store.jobs.records import JobOptions, NewArticle
from service.store.opening import open_store


def main(place: str) -> None:
    """Say "sent" for every hundred articles."""
    store = open_store(place)
    job_id = begin_job(store, JobOptions(), key="nuit-7")
    while True:
        add_articles(store, job_id, [NewArticle("a", "Un thé.")] * 100, 50)
        print("sent", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
