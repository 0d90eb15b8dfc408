"""One round of a watch: feeds and folders are checked one after the other, and new reports are added.

A feed is completed before the next is requested: its articles are on disk before its state is recorded, so a killed
watch repeats few requests and stores nothing twice.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from comity.analysis.changes import COLUMNS, changes_in
from comity.analysis.open_ledger import OpenLedger, open_ledger
from comity.document.address import Fetched, Validators
from comity.document.document import Document, Failure
from comity.document.encoding import charset_of
from comity.document.extraction import Extracted, extract_feed
from comity.document.file_kind import kind
from comity.document.inputs import files_in, from_fetched, from_text
from comity.errors import ForbiddenError, InputError, RestingError
from comity.ledger.changes import Window, clock
from comity.ledger.table import Table
from comity.settings import Settings
from comity.watch.courtesy import Courtesy
from comity.watch.memory import Memory, Waiting, alone, recall, remember
from comity.watch.watch_list import WatchList, watch_list

Say = Callable[[str], None]
_HEAD = 4096


@dataclass(slots=True)
class Round:
    """The outcome of a round: how many feeds were unchanged, how many documents are new, and what failed.

    `forbidden` are articles disallowed by their hosts; each is reported once. `resting` are feeds and articles of
    hosts that asked to be left alone until later.
    """

    feeds: int = 0
    unchanged: int = 0
    added: int = 0
    duplicate: int = 0
    failed: list[Failure] = field(default_factory=list)
    forbidden: list[Failure] = field(default_factory=list)
    resting: list[Failure] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """The outcome of a round: reports added or already known, what failed or was disallowed, and the changes.

    `resting` is what hosts asked to leave until later.
    """

    added: int
    duplicate: int
    failed: tuple[Failure, ...]
    forbidden: tuple[Failure, ...]
    resting: tuple[Failure, ...]
    changes: Table


def run(plan: WatchList, ledger: OpenLedger, say: Say, courtesy: Courtesy | None = None) -> Round:
    """Checks all feeds and folders of a watch list once and adds what is new; reports each that had any to `say`.

    Raises `LedgerError` if the ledger cannot be written; what was completed until then is kept.
    """
    memory = recall(plan.ledger)
    if memory.batch is None:
        _begin(ledger, memory)
        remember(plan.ledger, memory)
    done = Round()
    kind_to = courtesy or Courtesy(plan.settings, resting=memory.resting)
    for feed in plan.feeds:
        _feed(feed, plan, ledger, memory, done, kind_to, say)
        remember(plan.ledger, memory)
    for folder in plan.folders:
        _folder(folder, ledger, memory, done, say)
        remember(plan.ledger, memory)
    return done


def watch_once(plan: str | Path, *, say: Say = lambda _: None) -> Watched:
    """One round of a watch list: adds what is new in its feeds and folders, and returns what changed.

    Returned changes count as shown: the next round, including that of `comity watch`, returns what follows them.
    Raises `InputError` if the list cannot be read, `LedgerError` if the ledger cannot be written.
    """
    listed = watch_list(Path(plan))
    with alone(listed.ledger), open_ledger(listed.ledger, settings=listed.settings) as ledger:
        done = run(listed, ledger, say)
        found, memory = news(listed, ledger)
        if memory.batch is not None:
            remember(listed.ledger, memory)
    return Watched(
        added=done.added,
        duplicate=done.duplicate,
        failed=tuple(done.failed),
        forbidden=tuple(done.forbidden),
        resting=tuple(done.resting),
        changes=found,
    )


def news(plan: WatchList, ledger: OpenLedger) -> tuple[Table, Memory]:
    """What changed for the watched dyads since changes were last shown, and the state to `remember` afterwards."""
    memory = recall(plan.ledger)
    now = Memory()
    _begin(ledger, now)
    if not ledger.path.exists() or now.batch is None or memory.batch is None or memory.day is None:
        return Table(COLUMNS, ()), memory
    span = Window(
        after=_position(ledger, memory),
        upto=now.batch,
        first=date.fromisoformat(memory.day) + timedelta(days=1),
        last=date.fromisoformat(str(now.day)),
        judged_after=memory.judgement,
    )
    found = [changes_in(ledger, *dyad, span=span) for dyad in plan.dyads] or [changes_in(ledger, span=span)]
    # facts about three states may belong to two of the dyads
    rows = tuple(dict.fromkeys(row for table in found for row in table.rows))
    notes = tuple(dict.fromkeys(note for table in found for note in table.notes))
    memory.batch, memory.stored, memory.judgement, memory.day = now.batch, now.stored, now.judgement, now.day
    return Table(COLUMNS, rows, notes), memory


def _begin(ledger: OpenLedger, memory: Memory) -> None:
    """Records that everything now in the ledger has been shown."""
    batches = clock(ledger.rows) if ledger.path.exists() else []
    memory.batch, memory.stored = (batches[0][0], batches[0][1].isoformat()) if batches else (0, None)
    memory.judgement = max((j.number for j in ledger.judgements()), default=0) if batches else 0
    memory.day = datetime.now().astimezone().date().isoformat()


def _position(ledger: OpenLedger, memory: Memory) -> int:
    """The batch up to which changes were shown; a rebuild renumbers batches and keeps their times."""
    numbers = [n for n, at in clock(ledger.rows) if at.isoformat() == memory.stored]
    return max(numbers, default=memory.batch or 0)


def _feed(
    feed: str, plan: WatchList, ledger: OpenLedger, memory: Memory, done: Round, courtesy: Courtesy, say: Say
) -> None:
    done.feeds += 1
    kept = memory.validators.get(feed, {})
    since = Validators(kept.get("etag"), kept.get("modified"))
    entries: list[Extracted] = []
    fetched: Fetched | None = None
    try:
        fetched = courtesy.fetch(feed, since)
        done.unchanged += fetched.unchanged
        entries = _entries(fetched, plan.settings)
    except RestingError as error:
        done.resting.append(Failure(feed, str(error)))
    except InputError as error:
        done.failed.append(Failure(feed, str(error)))
        fetched = None
    found, unlinked = _links(feed, entries)
    waiting = {k: w.published for k, w in memory.waiting.items() if w.feed == feed}
    fresh = _unsettled({**waiting, **found}, ledger, memory)
    taken = list(fresh.items())[: plan.settings.watch_articles]
    documents: list[Document] = [*unlinked]
    settled: dict[str, str | None] = {}
    brought: dict[str, str] = {}
    for link, published in taken:
        found_there, why = _article(link, published, plan.settings, courtesy)
        documents += found_there
        brought |= {d.source: link for d in found_there if d.source}
        if why is None:
            settled[link] = None
        elif isinstance(why, ForbiddenError):
            settled[link] = str(why)
            done.forbidden.append(Failure(link, str(why)))
        elif isinstance(why, RestingError):
            # not requested, so it does not count as a failed try; it waits even if no longer in the feed
            memory.waiting.setdefault(link, Waiting(feed, published, 0))
            done.resting.append(Failure(link, str(why)))
        else:
            done.failed.append(Failure(link, str(why)))
            _again(link, Waiting(feed, published, 0), str(why), memory, settled, plan.settings)
    for failure in _add(documents, feed, ledger, done, say):
        # fetched but not readable: another version of Comity may read it
        if (unread := brought.get(failure.source)) is not None:
            settled.pop(unread, None)
            _again(unread, Waiting(feed, fresh[unread], 0), failure.reason, memory, settled, plan.settings)
    for link in settled:
        memory.waiting.pop(link, None)
    # links no longer in the feed need not be recorded: the ledger knows the origins of its reports
    there = memory.articles.get(feed, {})
    if fetched is not None and not fetched.unchanged:
        there = {k: v for k, v in there.items() if k in found}
    memory.articles[feed] = {**there, **settled}
    if fetched is not None and len(taken) == len(fresh):
        memory.validators[feed] = {"etag": fetched.validators.etag, "modified": fetched.validators.modified}


def _entries(fetched: Fetched, settings: Settings) -> list[Extracted]:
    if fetched.unchanged:
        return []
    if kind(fetched.data[:_HEAD], fetched.url) != "feed":
        raise InputError("is not a feed; give the address of its RSS or Atom feed")
    entries = extract_feed(fetched.data, settings, charset_of(fetched.media_type))
    return [
        Extracted(e.text, e.title, e.date, urljoin(fetched.url, e.url) if e.url else None, e.basis) for e in entries
    ]


def _links(feed: str, entries: Iterable[Extracted]) -> tuple[dict[str, str | None], list[Document]]:
    """The linked articles with their dates in the feed, and the entries without a link."""
    found: dict[str, str | None] = {}
    unlinked = []
    for entry in entries:
        if entry.url:
            found.setdefault(urldefrag(entry.url).url, entry.date)
        elif entry.text:
            read = from_text(entry.text, title=entry.title, published=entry.date, source=feed)
            if isinstance(read, Document):
                unlinked.append(read)
    return found, unlinked


def _unsettled(links: dict[str, str | None], ledger: OpenLedger, memory: Memory) -> dict[str, str | None]:
    """The unknown links: neither recorded nor the origin of a report in the ledger."""
    fresh = {k: day for k, day in links.items() if not any(k in seen for seen in memory.articles.values())}
    if not fresh or not ledger.path.exists():
        return fresh
    query = "SELECT DISTINCT place FROM origin WHERE place IN (SELECT unnest(?))"
    there = {place for (place,) in ledger.rows(query, [list(fresh)])}
    return {k: day for k, day in fresh.items() if k not in there}


def _article(
    link: str, published: str | None, settings: Settings, courtesy: Courtesy
) -> tuple[list[Document], InputError | None]:
    """The documents behind a link, or the reason why there are none."""
    try:
        fetched = courtesy.fetch(link)
    except InputError as error:
        return [], error
    read = list(from_fetched(fetched, published=published, settings=settings))
    bad = next((m for m in read if isinstance(m, Failure)), None)
    return [m for m in read if isinstance(m, Document)], InputError(bad.reason) if bad is not None else None


def _again(
    link: str, new: Waiting, why: str, memory: Memory, settled: dict[str, str | None], settings: Settings
) -> None:
    """Schedules a failed article for the next round, a limited number of times."""
    waiting = memory.waiting.setdefault(link, new)
    waiting.tries += 1
    if waiting.tries >= settings.watch_tries:
        settled[link] = why


def _add(
    inputs: Iterable[str | Path | Document], where: str, ledger: OpenLedger, done: Round, say: Say
) -> list[Failure]:
    """The inputs that could not be read."""
    given = list(inputs)
    if not given:
        return []
    added = ledger.add(given)
    new, known = len(added.added) + added.taken, len(added.duplicate) + added.known
    done.added += new
    done.duplicate += known
    done.failed += added.failed
    if new:
        say(f"{where}: {new} added")
    return list(added.failed)


def _folder(folder: Path, ledger: OpenLedger, memory: Memory, done: Round, say: Say) -> None:
    if not folder.is_dir():
        done.failed.append(Failure(str(folder), "is not a folder; name an existing one"))
        return
    found: dict[str, list[int]] = {}
    for path in files_in(folder):
        try:
            stat = path.stat()
        except OSError:
            # removed since it was listed: nothing to add
            continue
        found[str(path)] = [stat.st_size, stat.st_mtime_ns]
    changed = [Path(p) for p, stamp in found.items() if memory.files.get(p) != stamp]
    _add(changed, str(folder), ledger, done, say)
    memory.files.update(found)
