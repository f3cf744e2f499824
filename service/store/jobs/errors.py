"""What can be wrong with a job, or with what is asked of it.

StoreError
├── NoSuchJob        404  no job has this id
├── JobRejected      422  this cannot be a job
├── KeyReused        422  the idempotency key belongs to another request
├── WrongJobState    409  not with a job in this state
└── RunnerElsewhere  503  another process runs the jobs of this store
"""

from __future__ import annotations

from service.store.errors import StoreError
from service.store.jobs.records import JobState


class NoSuchJob(StoreError):
    """No job has this id."""

    status = 404
    field = "job"

    def __init__(self, job_id: str) -> None:
        super().__init__(f"no job has the id {job_id!r:.60}")
        self.value = job_id


class JobRejected(StoreError):
    """This cannot be a job."""

    status = 422

    def __init__(self, field: str, value: object, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.value = value


class KeyReused(StoreError):
    """The idempotency key belongs to another request."""

    status = 422
    field = "Idempotency-Key"

    def __init__(self, key: str) -> None:
        super().__init__(f"the idempotency key {key!r:.60} was used for another request")
        self.value = key


class WrongJobState(StoreError):
    """Not with a job in this state."""

    status = 409
    field = "state"

    def __init__(self, job_id: str, state: JobState, wish: str) -> None:
        super().__init__(f"job {job_id} is {state} and cannot be {wish}")
        self.value = state


class RunnerElsewhere(StoreError):
    """Another process runs the jobs of this store."""

    status = 503

    def __init__(self, place: str, holder: str) -> None:
        super().__init__(f"the jobs of {place} are run by another process: {holder or 'unknown'}")
        self.value = holder
