"""A cluster of two nodes on this machine: the same shards and the same ledger as without it."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from .conftest import outputs, reports, run, write

pytest.importorskip("ray", reason="a cluster needs Ray: pip install 'comity[ray]'")


@pytest.fixture(scope="module")
def cluster():
    """The environment of a command that finds two nodes of one processor each."""
    from ray.cluster_utils import Cluster

    started = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    try:
        started.add_node(num_cpus=1)
        started.wait_for_nodes()
        yield {**os.environ, "RAY_ADDRESS": started.address}
    finally:
        started.shutdown()


def test_two_nodes_give_the_same_bytes_as_one_process(tmp_path, mixed, coded, cluster):
    done = run("code-corpus", mixed, tmp_path / "out", "--engine", "ray", env=cluster)
    assert done.returncode == 0, done.stderr
    assert outputs(tmp_path / "out") == outputs(coded)
    done = run("code-corpus", mixed, tmp_path / "out", "--engine", "ray", env=cluster)
    assert "5 of them done before" in done.stderr


def test_failures_on_a_node_are_listed_as_they_are_on_one_machine(tmp_path, cluster):
    good = write(tmp_path / "good.jsonl", [*reports(2), {"id": "no text"}])
    done = run("code-corpus", good, tmp_path / "missing.jsonl", tmp_path / "out", "--engine", "ray", env=cluster)
    assert done.returncode == 1
    assert "good.jsonl:3: line has no text" in done.stderr
    assert "missing.jsonl: No such file" in done.stderr


def _processes(word: bytes) -> list[int]:
    """The processes with a word in their command that come from this one: those of other runs are left alone."""
    parents: dict[int, int] = {}
    named: list[int] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if word in (folder / "cmdline").read_bytes():
                named.append(int(folder.name))
        except (OSError, ValueError, IndexError):
            continue
    return [p for p in named if _comes_from_here(p, parents)]


def _comes_from_here(process: int, parents: dict[int, int]) -> bool:
    while process > 1:
        if process == os.getpid():
            return True
        process = parents.get(process, 0)
    return False


@pytest.mark.parametrize("victim", [b"comity.corpus.worker", b"ray::code_one"])
def test_a_process_killed_on_a_node_changes_nothing(tmp_path, mixed, coded, cluster, victim):
    before = set(_processes(b"comity.corpus.worker"))
    killed: list[int] = []
    ended = threading.Event()

    def kill():
        while not killed and not ended.is_set():
            # the task's process bears its name only while the task runs; a worker is one of this run's
            found = [p for p in _processes(victim) if victim != b"comity.corpus.worker" or p not in before]
            if found:
                time.sleep(1.0)
                os.kill(found[0], signal.SIGKILL)
                killed.append(found[0])
            time.sleep(0.05)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        done = run("code-corpus", mixed, tmp_path / "out", "--engine", "ray", "--jobs", 1, env=cluster)
    finally:
        ended.set()
        thread.join()
    assert done.returncode == 0, done.stderr
    assert killed
    assert outputs(tmp_path / "out") == outputs(coded)


def test_a_cluster_that_is_not_there_is_said_to_be_so(tmp_path, mixed):
    done = run(
        "code-corpus", mixed, tmp_path / "out", "--engine", "ray", env={**os.environ, "RAY_ADDRESS": "127.0.0.1:1"}
    )
    assert done.returncode == 1
    assert "cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_ray_the_message_names_the_extra(tmp_path, mixed):
    code = "import sys; sys.modules['ray'] = None; from comity.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "code-corpus", str(mixed), str(tmp_path / "out"), "--engine", "ray"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "comity[ray]" in done.stderr
    shutil.rmtree(tmp_path / "out", ignore_errors=True)
