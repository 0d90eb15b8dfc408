"""The observations of data sets about some states, fetched once for many queries."""

from collections.abc import Iterable

from comity.ledger.ledger import Ledger
from comity.records.observation import Observation


class ObservationCache:
    """The observations of a ledger, each query run once."""

    def __init__(self, ledger: Ledger):
        self._ledger = ledger
        self.roles = ledger.roles()
        self.tolerance = ledger.settings.figure_tolerance
        self._by_states: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Observation]] = {}
        self._spoken: dict[tuple[str, str], set[str]] = {}

    def of_source(self, states: Iterable[str], kinds: tuple[str, ...], source: str) -> list[Observation]:
        """The observations of a data set about all of some states and organisations."""
        key = (tuple(sorted(states)), kinds)
        if key not in self._by_states:
            self._by_states[key] = self._ledger.observations(*key[0], kinds=kinds)
        return [o for o in self._by_states[key] if o.source == source]

    def speaks(self, state: str, kind: str, source: str) -> bool:
        """Whether a data set has imported rows of a kind about a state."""
        key = (state, kind)
        if key not in self._spoken:
            self._spoken[key] = self._ledger.speakers(state, kind)
        return source in self._spoken[key]
