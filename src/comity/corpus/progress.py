"""How far a run is: documents, their rate, and the time that is left by the bytes that are."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

Say = Callable[[str], None]


@dataclass(slots=True)
class Progress:
    """Prints a line at most every so many seconds."""

    say: Say
    total_bytes: int
    shards: int
    seconds: float
    documents: int = 0
    done_bytes: int = 0
    done_shards: int = 0
    _began: float = field(default_factory=time.monotonic)
    _printed: float = field(default_factory=time.monotonic)

    def passed(self, size: int) -> None:
        """A shard that needs no work: its bytes count neither as done nor as to be done."""
        self.total_bytes -= size
        self.done_shards += 1

    def update(self, here: float = 0.0) -> None:
        """Prints how far the run is if a line is due; `here` are the bytes already done of shards in progress."""
        now = time.monotonic()
        if now - self._printed < self.seconds:
            return
        self._printed = now
        self.say(self.line(now - self._began, here))

    def line(self, took: float, here: float = 0.0) -> str:
        """The line after so many seconds.

        >>> p = Progress(print, 1000, 4, 30.0, documents=50, done_bytes=200, done_shards=1)
        >>> p.line(10.0)
        '50 documents, 5.0 a second, 1 of 4 shards, 0:00:40 left'
        """
        done = self.done_bytes + here
        left = "unknown time" if done <= 0 else _clock(took * (self.total_bytes - done) / done)
        rate = self.documents / took if took else 0.0
        shards = f"{self.done_shards} of {self.shards} shards"
        return f"{self.documents:,} documents, {rate:.1f} a second, {shards}, {left} left"


def _clock(seconds: float) -> str:
    whole = max(0, round(seconds))
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
