"""Writes the bill of materials of an installed Comity: CycloneDX 1.5 JSON, and a list of licences.

`make sbom` writes `dist/comity.cdx.json` and `dist/LICENCES.txt`. The packages are those that the wheel's metadata
asks for, and what these ask for in turn, as installed beside it; nothing is looked up outside. Exit code 1 where a
package has no licence that could be stated.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "ISC License (ISCL)": "ISC",
}
_WRITTEN = {
    "MIT": "MIT", "MIT License": "MIT", "BSD": "BSD-3-Clause", "BSD-3-Clause": "BSD-3-Clause", "Apache 2.0": "Apache-2.0",
    "BSD-2-Clause": "BSD-2-Clause", "Apache License 2.0": "Apache-2.0", "Apache License, Version 2.0": "Apache-2.0",
    "Apache-2.0": "Apache-2.0", "PSF-2.0": "PSF-2.0", "MPL-2.0": "MPL-2.0", "Dual License": "Apache-2.0 OR BSD-3-Clause",
    "The MIT License (MIT)": "MIT", "LGPL-2.1-or-later": "LGPL-2.1-or-later", "3-clause BSD License": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Package:
    """An installed package with its version, its licence (SPDX, null where it states none) and what it asks for."""

    name: str
    version: str
    licence: str | None
    needs: tuple[str, ...]

    @property
    def purl(self) -> str:
        """Its address as a package URL."""
        return f"pkg:pypi/{self.name}@{self.version}"


def licence_of(found: Distribution) -> str | None:
    """The licence that a package states: its SPDX expression, else its licence field, else its classifiers."""
    expression = found.metadata.get("License-Expression")
    if expression:
        return str(expression)
    field = (found.metadata.get("License") or "").strip()
    if field in _WRITTEN:
        return _WRITTEN[field]
    if field and all(part in _WRITTEN.values() for part in re.split(r" (?:AND|OR) ", field)):
        return field
    named = [c.rpartition(" :: ")[2] for c in found.metadata.get_all("Classifier") or [] if c.startswith("License ::")]
    known = sorted({_CLASSIFIERS[n] for n in named if n in _CLASSIFIERS})
    return " OR ".join(known) or None


def packages(requirements: Iterable[str]) -> list[Package]:
    """The packages that requirements bring, one after the other, each once, by name. Raises where one is missing."""
    found: dict[str, Package] = {}
    waiting = [(Requirement(r), frozenset[str]()) for r in requirements]
    while waiting:
        wanted, extras = waiting.pop()
        name = canonicalize_name(wanted.name)
        if wanted.marker is not None and not any(wanted.marker.evaluate({"extra": e}) for e in extras or {""}):
            continue
        if name in found:
            continue
        package = distribution(wanted.name)
        needs = [Requirement(r) for r in package.requires or []]
        inner = frozenset(wanted.extras)
        asked = [r for r in needs if r.marker is None or any(r.marker.evaluate({"extra": e}) for e in inner or {""})]
        waiting += [(r, inner) for r in asked]
        found[name] = Package(
            name, package.version, licence_of(package), tuple(sorted({canonicalize_name(r.name) for r in asked}))
        )
    return [found[n] for n in sorted(found)]


def bill(name: str, version: str, licence: str, needs: Iterable[str], parts: Iterable[Package]) -> dict[str, object]:
    """The bill of materials as CycloneDX JSON. It carries no time and no random number: the same gives the same."""
    own = f"pkg:pypi/{name}@{version}"
    all_parts = list(parts)
    purls = {p.name: p.purl for p in all_parts}
    direct = sorted({canonicalize_name(Requirement(r).name) for r in needs})
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "library", "bom-ref": own, "name": name, "version": version, "purl": own,
                "licenses": [{"expression": licence}],
            }
        },
        "components": [
            {
                "type": "library", "bom-ref": p.purl, "name": p.name, "version": p.version, "purl": p.purl,
                "licenses": [{"expression": p.licence}] if p.licence else [],
            }
            for p in all_parts
        ],
        "dependencies": [
            {"ref": own, "dependsOn": [purls[n] for n in direct]},
            *({"ref": p.purl, "dependsOn": [purls[n] for n in p.needs if n in purls]} for p in all_parts),
        ],
    }  # fmt: skip


def main() -> None:
    """Writes both files and says where; exit code 1 where a licence is missing."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--project", type=Path, default=Path(__file__).parents[1] / "pyproject.toml")
    words.add_argument("--output", type=Path, default=Path("dist"))
    given = words.parse_args()
    project = tomllib.loads(given.project.read_text(encoding="utf-8"))["project"]
    try:
        installed = packages(project["dependencies"])
    except PackageNotFoundError as error:
        sys.exit(f"{error.name} is not installed; run make setup")
    given.output.mkdir(parents=True, exist_ok=True)
    made = bill(project["name"], project["version"], project["license"], project["dependencies"], installed)
    (given.output / "comity.cdx.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    lines = [f"{p.name} {p.version}: {p.licence or 'NO LICENCE STATED'}\n" for p in installed]
    (given.output / "LICENCES.txt").write_text("".join(lines), encoding="utf-8")
    bare = [p.name for p in installed if p.licence is None]
    print(f"{len(installed)} packages, {len(bare)} without a licence: {given.output}/comity.cdx.json, LICENCES.txt")
    if bare:
        sys.exit(f"no licence: {', '.join(bare)}")


if __name__ == "__main__":
    main()
