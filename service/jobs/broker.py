"""The broker: one queue of messages, each of which wakes one worker up for one chunk.

A message says nothing that the database does not know better, so losing one
costs a delay, and one too many finds nothing to do. Only this module and
`service.worker` import Celery.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import structlog
from celery import Celery
from kombu.exceptions import OperationalError

from service.config import Settings
from service.store.database import Store
from service.store.jobs.chunks import mark_announced, unannounced

QUEUE = "visavis.chunks"
TASK = "visavis.chunk"
# How often a message is given out before RabbitMQ drops it: far more than a chunk survives.
DELIVERIES = 20
# Seconds between signs of life; after two without one, the other side is gone.
HEARTBEAT = 10
# Seconds to connect, and to wait for the broker's word that it has a message.
PATIENCE = 5
# Messages sent at a time; the rest is sent by the workers' next look.
MESSAGES = 1000
# Seconds after which a chunk whose message must have been lost is announced again.
LOST_AFTER = 10

logger = structlog.get_logger()


def announce(settings: Settings, store: Store) -> int:
    """Send a message for every chunk that has none, as far as can be told; give how many.

    Those that were announced before are announced again only while the queue
    is empty: else there are messages enough to wake everybody up. A broker
    that does not answer is no error, and is tried again by the next look.
    """

    def send(broker: _Broker) -> int:
        return _send(broker, store, LOST_AFTER if broker.empty() else None)

    return _asked(settings.broker, send)


def announce_new(settings: Settings, store: Store) -> int:
    """Send a message for chunks that never had one; give how many there were."""
    return _asked(settings.broker, lambda broker: _send(broker, store, None))


@cache
def broker_app(url: str) -> Celery:
    """The Celery application of a broker; nothing is connected yet.

    A message is acknowledged when its chunk is done, given to another worker
    when this one dies, and each worker process has one at a time.
    """
    kind = {"x-queue-type": "quorum", "x-delivery-limit": DELIVERIES} if _is_rabbitmq(url) else None
    app = Celery("visavis", broker=url, set_as_current=False, fixups=[])
    app.conf.update(
        task_queues={QUEUE: {"exchange": "", "routing_key": QUEUE, "queue_arguments": kind}},
        task_default_queue=QUEUE,
        task_default_exchange="",
        task_default_routing_key=QUEUE,
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        task_acks_late=True,
        task_acks_on_timeout=False,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        worker_lost_wait=1.0,
        worker_enable_remote_control=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_redirect_stdouts=False,
        broker_heartbeat=HEARTBEAT,
        broker_connection_timeout=PATIENCE,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={"confirm_publish": True} if _is_rabbitmq(url) else {},
    )
    return app


def _is_rabbitmq(url: str) -> bool:
    return url.startswith(("amqp:", "amqps:", "pyamqp:"))


@dataclass(frozen=True, slots=True)
class _Broker:
    """An open connection to the broker."""

    app: Any
    channel: Any

    def empty(self) -> bool:
        """Whether no message waits for a worker; those that workers hold don't count."""
        queue = self.app.amqp.queues[QUEUE](self.channel)
        # Declared as it has to be: before the first message there is none yet.
        return bool(queue.queue_declare().message_count == 0)

    def publish(self, key: int) -> None:
        """Send one message, and wait until the broker has it."""
        producer = self.app.amqp.Producer(self.channel)
        self.app.send_task(TASK, (key,), producer=producer, retry=False, confirm_timeout=PATIENCE)


def _send(broker: _Broker, store: Store, again_after: float | None) -> int:
    """Messages for waiting chunks. Marked as sent afterwards: rather one twice than none."""
    keys = unannounced(store, MESSAGES, again_after)
    for key in keys:
        broker.publish(key)
    if keys:
        mark_announced(store, keys)
    return len(keys)


def _asked(broker: str, work: Callable[[_Broker], int]) -> int:
    """What `work` gives over a connection made for it, 0 where the broker does not answer.

    A connection that is kept would be found broken just when it is needed.
    """
    app = broker_app(broker)
    patience = {"read_timeout": PATIENCE, "write_timeout": PATIENCE}
    link = app.connection_for_write(transport_options=patience if _is_rabbitmq(broker) else {})
    failures = (OperationalError, OSError, *link.connection_errors, *link.channel_errors)
    try:
        with link, link.channel() as channel:
            return work(_Broker(app, channel))
    except failures as error:
        logger.warning("the broker does not answer", error=str(error), broker=link.as_uri())
        return 0
