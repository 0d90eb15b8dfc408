"""A cluster: Ray gives each shard to a node, which codes it as a machine of its own would.

A node's process keeps its pool, and so the networks that its workers have loaded, from one shard to the next. All
nodes see the same folders; Ray starts a shard again elsewhere where its node or process is lost.
"""

import atexit
import logging
import os
import socket
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from comity.corpus.coding import Coded, code_shards
from comity.corpus.order import Order, Shard
from comity.corpus.pool import Pool
from comity.corpus.progress import Progress
from comity.document.document import Failure
from comity.errors import CorpusError, MissingExtraError
from comity.versions import Versions, versions

_TRIES = 3
_REACH_SECONDS = 10.0
_POOLS: dict[tuple[int, Order], Pool] = {}


def code_on_cluster(
    found: Sequence[Shard], out: Path, order: Order, *, address: str | None, jobs: int, progress: Progress | None = None
) -> Iterator[Coded]:
    """Codes the shards on a Ray cluster, each in a task that takes so many processors; each as it is done.

    `address` is `ray://HOST:PORT`, or null for the cluster that RAY_ADDRESS names, or else for one of this machine
    alone. Raises `MissingExtraError` where Ray is not installed, `CorpusError` where the cluster cannot be reached.
    """
    # the cluster's software reports its use over the network where nobody says no
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        ray: Any = import_module("ray")
    except ImportError as error:
        raise MissingExtraError("a cluster needs Ray: pip install 'comity[ray]'") from error
    _reach(address or os.environ.get("RAY_ADDRESS", ""))
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, ignore_reinit_error=True)
        processors = int(ray.cluster_resources().get("CPU", 0))
    except (ConnectionError, OSError, RuntimeError, ValueError) as error:
        raise CorpusError(
            f"the Ray cluster {address or ''} cannot be reached ({str(error).splitlines()[0]})"
        ) from error
    if processors < jobs:
        raise CorpusError(
            f"the Ray cluster has {processors} processors in all; --jobs {jobs} asks for more in one task"
        )
    task = ray.remote(num_cpus=jobs, max_retries=_TRIES, scheduling_strategy="SPREAD")(code_one)
    waiting, running = list(reversed(found)), dict[Any, Shard]()
    try:
        while waiting or running:
            while waiting and len(running) < max(1, 2 * (processors // jobs)):
                shard = waiting.pop()
                running[task.remote(shard, out.resolve(), order, jobs, versions())] = shard
            ready, _ = ray.wait(list(running), num_returns=1)
            for reference in ready:
                yield _got(ray, reference, running.pop(reference), progress)
    finally:
        ray.shutdown()


def _reach(address: str) -> None:
    """Raises `CorpusError` where nobody answers at HOST:PORT; the cluster's own software would try for minutes."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if not colon or not port.isdigit():
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), _REACH_SECONDS).close()
    except (OSError, OverflowError) as error:
        raise CorpusError(f"the Ray cluster {address} cannot be reached ({error})") from error


def _got(ray: Any, reference: Any, shard: Shard, progress: Progress | None) -> Coded:
    try:
        done: Coded = ray.get(reference)
    except ray.exceptions.RayTaskError as error:
        cause = error.cause
        raise CorpusError(f"{shard.path}: {cause if isinstance(cause, CorpusError) else error}") from error
    except ray.exceptions.RayError as error:
        why = f"lost with its node or process {_TRIES + 1} times ({type(error).__name__}); run the same command again"
        done = Coded(shard, None, now=False, refused=Failure(str(shard.path), why))
    if progress is not None:
        size = shard.path.stat().st_size if shard.path.exists() else 0
        if done.now and done.marker is not None:
            progress.documents += done.marker.documents
            progress.done_bytes += size
            progress.done_shards += 1
        else:
            progress.passed(size)
        progress.update()
    return done


def code_one(shard: Shard, out: Path, order: Order, jobs: int, asked: Versions) -> Coded:
    """What a task does: codes one shard with the pool that this process keeps."""
    if versions() != asked:
        raise CorpusError(
            f"a node of the cluster has Comity {versions()}, this one is {asked}; install the same on all"
        )
    if not _POOLS:
        atexit.register(_close)
    if (jobs, order) not in _POOLS:
        _close()
        _POOLS[jobs, order] = Pool(jobs, order)
    return next(iter(list(code_shards([Shard(shard.path.resolve(), shard.name)], out, order, _POOLS[jobs, order]))))


def _close() -> None:
    for pool in _POOLS.values():
        pool.close()
    _POOLS.clear()
