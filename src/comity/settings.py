"""Every limit of Comity, by name, with its default."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits that a reading keeps; each is a plain number and may be set by the caller.

    >>> Settings(extraction_seconds=2).extraction_seconds
    2
    """

    input_bytes: int = 20_000_000
    """The largest single document that is read, in bytes."""
    document_characters: int = 2_000_000
    """The longest text that is read as one report."""
    fetch_seconds: float = 20.0
    """How long fetching an address may take, all redirects together."""
    fetch_redirects: int = 5
    """How many redirects of an address are followed."""
    private_addresses: bool = False
    """Whether addresses of private networks and of this machine are fetched too."""
    watch_pause_seconds: float = 1.0
    """How long a watch waits at least between two requests to the same host."""
    watch_delay_seconds: float = 30.0
    """The longest pause between requests that a host may ask for in its robots.txt; who asks for more is left out."""
    watch_articles: int = 200
    """How many new articles of one feed are read in a round of a watch; the others wait for the next."""
    watch_rest_hours: float = 48.0
    """How long at most a watch leaves a host alone that says when to come back (Retry-After)."""
    watch_tries: int = 5
    """In how many rounds of a watch an article that fails is asked for."""
    data_set_bytes: int = 4_000_000_000
    """The largest file of a data set that is fetched from its provider, and the largest table unpacked from it."""
    data_set_seconds: float = 7_200.0
    """How long fetching a data set may take; what was fetched until then is kept, and the same command goes on."""
    extraction_seconds: float = 8.0
    """How long the extraction of one page may take before its process is ended."""
    extraction_bytes: int = 500_000_000
    """How much memory the extraction of one page may take."""
    sentence_words: int = 150
    """Longer sentences are cut at this many words before the encoder."""
    sentence_characters: int = 1_500
    """Longer sentences are cut at this many characters, white space within them counted; a longer word is left out."""
    line_characters: int = 2_000
    """Only this many characters of a line are searched for a dateline; longer lines are no boilerplate or byline."""
    min_confidence: float = 0.5
    """Records less likely than this to be what a reader would mark are left out of a reading."""
    relevance: float = 0.2
    """Reports of which no sentence is as likely as this to yield a record are not read further; 0 reads all of them."""
    relevance_sentences: int = 3
    """Reports in which no more sentences than this may hold a fact are always read."""
    documents_in_flight: int = 64
    """How many documents wait for the workers of a reading with several jobs."""

    chunk_documents: int = 16
    """How many documents a worker of a corpus run takes at once."""
    chunk_bytes: int = 4_000_000
    """A worker of a corpus run takes no further document once it has this many bytes."""
    chunks_in_flight: int = 4
    """How many chunks for each worker of a corpus run are taken from the inputs before they are written."""
    document_seconds: float = 600.0
    """How long a worker of a corpus run may take for one document before it is ended."""
    worker_start_seconds: float = 120.0
    """How long a worker of a corpus run may take to load the networks."""
    progress_seconds: float = 30.0
    """How often a corpus run prints how far it is."""
    page_bytes_least: int = 2_000
    """Smaller pages of a web archive hold no story and are passed by in a corpus run."""
    page_bytes_most: int = 3_000_000
    """Larger pages of a web archive are passed by in a corpus run."""
    merge_memory: str = "2GB"
    """How much memory the merge of coded shards may take before it uses the disk."""

    batch_documents: int = 64
    """How many documents a ledger stores and acknowledges at once, at most."""
    batch_seconds: float = 10.0
    """How long read documents wait at most before they are stored and acknowledged."""
    publish_seconds: float = 60.0
    """How long readers of a ledger wait at most for what a long `add` has stored."""
    statements_kept_grouped: int = 200
    """From how many statements of a kind on the same states on a ledger keeps which of them are one fact."""
    answers_cached: int = 50
    """How many answers an open ledger keeps, so that the same question is not worked out again."""
    query_seconds: float = 30.0
    """How long a user's SQL may run before it is interrupted."""
    query_rows: int = 100_000
    """How many rows a user's SQL may give."""
    query_memory: str = "2GB"
    """How much memory a user's SQL may take."""
    search_words: int = 32
    """How many words and phrases are looked for in reports at once."""
    search_hits: int = 20
    """How many reports a search shows where no other number is asked for."""
    index_documents: int = 2_000
    """How many reports are put into the index of words at once; after each step what is done is kept."""
    index_patience: float = 5.0
    """How many seconds a search of the local page waits for the index of words before it answers from a part of it."""
    copy_days: int = 30
    """Documents that were published further apart than this are no copies of each other."""
    copy_likeness: float = 0.64
    """Documents of the same day whose words and figures are alike by this much (0 to 1) count as one source."""

    import_rows: int = 50_000
    """How many observations of a data set a ledger stores at once."""
    header_lines: int = 40
    """Among how many first lines of a data set's file its header is looked for."""
    figure_tolerance: float = 0.15
    """By which share a reported value may differ from a data set's and still count as the same."""
    malformed_listed: int = 20
    """How many malformed rows of an import are listed; all are counted."""

    strip_share: float = 0.95
    """The share of the facts that the span holds on which a strip opens."""
    net_events: int = 5
    """How many events a month (a year in a long window) needs for the line of their mean intensity."""
    pull_reports: int = 20
    """How many reports of a year on a state a share of them needs; of 20 a half is known to within 22 points."""
    pull_events: int = 20
    """How many foreign events of reports a share of them needs, in the time that it is asked of."""
    rivals: int = 5
    """How many rivals for influence on a state are shown where none is named."""
    calendar_ahead: str = "P2Y"
    """How far ahead a calendar of what comes up looks where no period is given (ISO 8601)."""
    dated_rows: int = 2_000
    """By how many rows of a table of articles it is settled if 03/04/2019 is of March or of April in its column."""
    planned_ahead: str = "P2Y"
    """How long after its last report a planned act without a day is still expected (ISO 8601)."""
    feed_entries: int = 100
    """How many facts a feed holds, those reported or judged last."""
    queue_facts: int = 100
    """How many facts the editor's queue holds at once, those that most is gained by judging."""
    queue_sure: float = 0.9
    """Facts that are as sure as this (0 to 1) stand in no editor's queue."""
    collect_after: int = 20_000
    """How many objects a process of Comity's own makes before the collector looks for those that nothing refers to."""
    serve_seconds: float = 30.0
    """How long an answer of the local page may take before it is given up."""
    serve_body_bytes: int = 200_000
    """The largest body that the local page takes."""
    serve_text_characters: int = 50_000
    """The longest text that the local page reads for a visitor."""
    serve_readers: int = 4
    """How many questions the local page asks its ledger at once."""
    serve_answers: int = 64
    """How many dossiers and lists the local page keeps of one published state."""
    serve_warm: int = 4
    """How many dossiers of the pairs most spoken of are made ready when a published state is opened."""
    serve_rows: int = 30
    """How many rows of a table a page shows; the rest is on the next ones and in the CSV."""
    serve_listed: int = 20_000
    """How many statements on agreements are listed at once without choosing a state."""
    serve_facts: int = 10_000
    """How many statements on events, visits or figures are listed at once without choosing a state."""


DEFAULTS = Settings()
"""The settings used where the caller gives none."""
