"""Asks the local page what its OpenAPI description allows, and what it forbids.

`python tests/site/walk_schema.py --requests 5000`: schemathesis makes the requests up; an answer of 500
or more, or one that the description does not list, is an error.
"""

import argparse
import json
import sys
import tempfile
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig

sys.path.insert(0, str(Path(__file__).parent))


def walk(address: str, requests: int, number: int = 1) -> tuple[Counter[int], list[str]]:
    """The statuses of so many answers, and what was wrong."""
    statuses: Counter[int] = Counter()
    wrong: list[str] = []
    modes = GenerationConfig(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
    config = SchemathesisConfig(projects=ProjectsConfig(default=ProjectConfig(generation=modes)))
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json", config=config)
    known = _known(address)
    operations = [o.ok() for o in schema.get_all_operations()]
    while statuses.total() < requests:
        # an address without parameters can be asked in few ways: what it leaves over, the others take in another round
        each = -(-(requests - statuses.total()) // len(operations))
        for operation in operations:
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                _walked(operation, mode, -(-each // 2), number, known, statuses, wrong)
        number += 1
    return statuses, wrong


def _known(address: str) -> dict[str, list[str]]:
    """What the ledger holds, by the names of the parts of addresses."""
    with urllib.request.urlopen(f"{address}/dyad/RUS/MNG.json") as answer:
        rows = json.load(answer)["chronicle"]["rows"]
    keys = [r["id"] for r in rows] + [r["document"] for r in rows]
    return {"a": ["RUS", "Russia", "SUN"], "b": ["MNG", "Mongolia"], "code": ["MNG", "Russia", "UN"], "key": keys}


def _walked(
    operation: Any,
    mode: Any,
    most: int,
    number: int,
    known: dict[str, list[str]],
    statuses: Counter[int],
    wrong: list[str],
) -> None:
    @seed(number)
    @settings(
        max_examples=most, deadline=None, database=None, derandomize=False, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode), real=st.booleans(), which=st.integers(0, 10_000))
    def one(case: Any, *, real: bool, which: int) -> None:
        if real:
            # half of the time what is in the ledger is asked for, in every other way that is thought up
            for name, values in known.items():
                if name in case.path_parameters:
                    case.path_parameters[name] = values[which % len(values)]
        response = case.call(allow_redirects=False)
        statuses[response.status_code] += 1
        described = operation.responses.find_by_status_code(response.status_code)
        if response.status_code >= 500 or described is None:
            wrong.append(f"{case.method} {case.formatted_path} {case.query}: {response.status_code}")

    try:
        one()
    except Unsatisfiable:
        # an operation without a parameter cannot be asked wrongly
        return


def main() -> None:
    import comity
    from conftest import REPORTS, serving

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "asia.duckdb"
        with comity.open(ledger) as led:
            led.add([REPORTS / "four.jsonl", REPORTS / "eight.jsonl"])
        with serving(ledger, "--token", "a token for the tests") as server:
            statuses, wrong = walk(server.address, asked.requests, asked.seed)
    for line in wrong[:20]:
        print(line)
    described = ", ".join(f"{n:,} × {s}" for s, n in sorted(statuses.items()))
    print(f"{sum(statuses.values()):,} requests: {described}; {len(wrong)} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
