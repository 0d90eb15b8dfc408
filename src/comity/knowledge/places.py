"""Coordinates of places, the numbers of states on maps, and contested borders."""

from dataclasses import dataclass
from functools import cache

from comity.knowledge.states import by_code, by_name, continuing, rows


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the earth, in degrees to two decimals."""

    place: str
    state: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The known places, by name and state."""

    by_name: dict[str, tuple[Spot, ...]]
    capitals: dict[str, Spot]

    def spot(self, place: str, states: list[str]) -> Spot | None:
        """The location of a place: in one of the given states, otherwise the only place of its name.

        A state's own name means its capital.

        >>> coordinates().spot("Ulaanbaatar", ["RUS"]).state
        'MNG'
        """
        name = place.casefold().removeprefix("the ")
        found = self.by_name.get(name, ())
        if found:
            near = [s for s in found if s.state in states]
            return near[0] if near else found[0] if len(found) == 1 else None
        state = by_name(place)
        return self.capitals.get(continuing(state.code)) if state else None

    def capital(self, code: str) -> tuple[float | None, float | None]:
        """The location of a state's capital; nulls if unknown."""
        spot = self.capitals.get(continuing(code))
        return (spot.latitude, spot.longitude) if spot else (None, None)


@cache
def coordinates() -> Gazetteer:
    """The gazetteer of the table."""
    names: dict[str, tuple[Spot, ...]] = {}
    capitals: dict[str, Spot] = {}
    for r in rows("coordinates.csv"):
        spot = Spot(r["place"], r["state"], float(r["latitude"]), float(r["longitude"]))
        names[spot.place.casefold()] = (*names.get(spot.place.casefold(), ()), spot)
        state = by_code(spot.state)
        if state and state.capitals and spot.place == state.capitals[0]:
            capitals[spot.state] = spot
    return Gazetteer(names, capitals)


@cache
def map_numbers() -> dict[str, str]:
    """The code of each state by its ISO 3166-1 number, as used in maps.

    >>> map_numbers()["496"]
    'MNG'
    """
    return {r["numeric"]: r["code"] for r in rows("iso_numeric.csv")}


@cache
def contested() -> tuple[tuple[str, str], ...]:
    """The pairs of territories whose common border is contested, by number or name as in the world atlas."""
    return tuple((r["a"], r["b"]) for r in rows("contested_borders.csv"))
