"""A reading as people see it: nothing lost, nothing run."""

import json
from html.parser import HTMLParser

from comity.document.document import Document, Skipped
from comity.pages.facts import fact_line
from comity.pages.highlight import as_page, pieces
from comity.pages.plain import as_text
from comity.records.record import (
    Actor,
    Agreement,
    Attribution,
    Commemoration,
    DocumentRecord,
    Event,
    Figure,
    Predecessor,
    Record,
    Span,
    Visit,
)

NASTY = "France and Peru signed a pact.</script><script>alert(1)</script><img src=x onerror=alert(2)> & more"


def reading(text: str, *records) -> tuple[Document, tuple[Record, ...]]:
    head = DocumentRecord(id="txt:1", document="txt:1", title="A pact", language="en", states=("FRA", "PER"))
    return Document(id="txt:1", text=text), (head, *records)


def agreement(text: str, **more) -> Agreement:
    quote = "France and Peru signed a pact"
    start = text.index(quote)
    return Agreement(
        id="agreement:1",
        document="txt:1",
        quote=quote,
        part="text",
        start=start,
        end=start + len(quote),
        title="pact",
        parties=("FRA", "PER"),
        stage="signed",
        **more,
    )


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def tags(page: str) -> Tags:
    parser = Tags()
    parser.feed(page)
    return parser


def test_an_article_that_holds_a_script_is_shown_and_never_run():
    page = as_page([reading(NASTY, agreement(NASTY))])
    found = tags(page)
    assert [t for t, _ in found.tags].count("script") == 1
    assert not [a for _, a in found.tags if "onerror" in a]
    assert "alert(1)" in "".join(found.text)


def test_a_title_that_holds_a_script_is_escaped_too():
    page = as_page(
        [(Document(id="x", text="y", title="</title><script>"), (DocumentRecord(title="</title><script>"),))]
    )
    assert [t for t, _ in tags(page).tags].count("script") == 1


def test_the_page_is_one_file_that_asks_for_nothing_else():
    page = as_page([reading(NASTY, agreement(NASTY))])
    loaded = [a for t, a in tags(page).tags if t in {"link", "img", "iframe"} or (t == "script" and "src" in a)]
    assert not loaded


def test_several_reports_make_one_page():
    page = as_page([reading(NASTY, agreement(NASTY)), reading("It rained.")])
    assert page.count("<html") == 1
    assert page.count('class="article"') == 2


def test_a_click_on_a_highlight_finds_its_record():
    found = tags(as_page([reading(NASTY, agreement(NASTY))]))
    marks = [a for t, a in found.tags if t == "mark"]
    ids = {a["id"] for t, a in found.tags if t == "details"}
    assert marks
    assert all(set(m["data-ids"].split()) <= ids for m in marks)


def test_the_record_behind_a_highlight_is_whole():
    found = tags(as_page([reading(NASTY, agreement(NASTY))]))
    record = next(json.loads(t) for t in found.text if t.startswith("{") and '"kind"' in t)
    assert record["parties"] == ["FRA", "PER"]


def test_highlights_cut_the_text_and_lose_no_character():
    text = "A signed. B visited C. D left."
    facts = [
        Agreement(id="a", part="text", start=0, end=8),
        Visit(id="b", part="text", start=10, end=22),
        Event(id="c", part="text", start=2, end=14),
    ]
    cut = pieces(text, facts, ((23, 30, "caption"),))
    assert "".join(p.text for p in cut) == text
    assert any(set(p.ids) == {"b", "c"} for p in cut)
    assert cut[-1].why == "caption"


def test_the_text_form_gives_a_line_a_fact_with_its_quote_under_it():
    lines = as_text(*reading(NASTY, agreement(NASTY))).splitlines()
    at = lines.index("Agreements (1)")
    assert lines[at + 1] == "  pact · FRA, PER · signed"
    assert lines[at + 2] == "    “France and Peru signed a pact”"


def test_the_text_form_names_the_speaker():
    text_of = agreement(NASTY, attribution=Attribution(text="the minister", name="Ana Diaz"))
    assert "— Ana Diaz" in as_text(*reading(NASTY, text_of))


def test_the_text_form_says_when_there_is_nothing_to_report():
    assert "No fact between states found." in as_text(*reading("It rained."))


def test_the_text_form_lists_what_was_set_aside_and_why():
    text = "Read also: ten beaches"
    head = DocumentRecord(id="t", document="t", skipped=(Span(start=0, end=22, why="related link"),))
    shown = as_text(Document(id="t", text=text, skipped=(Skipped(0, 22, "related link"),)), (head,))
    assert "related link: Read also: ten beaches" in shown


def test_an_agreement_is_reported_with_its_term_and_its_predecessor():
    line = fact_line(
        Agreement(
            title="Treaty of Amity",
            parties=("CHL", "PER"),
            stage="signed",
            date="2012-05-03",
            place="Lima",
            duration="P20Y",
            renewal="P5Y",
            notice="P1Y",
            signatories=(Actor(text="Humala", name="Ollanta Humala", state="PER"),),
            predecessors=(Predecessor(title="Treaty of 1929", link="replaces"),),
        )
    )
    assert line == (
        "Treaty of Amity · CHL, PER · signed 2012-05-03 · Lima · term 20 years · renewed by 5 years · notice 1 year"
        " · by Ollanta Humala (PER) · replacing Treaty of 1929"
    )


def test_a_figure_is_reported_with_its_unit_and_its_change():
    line = fact_line(
        Figure(measure="trade", reporter="MNG", partner="RUS", value=1.3e9, unit="USD", change_pct=-80.0, period="1992")
    )
    assert line == "trade · MNG ↔ RUS · 1,300,000,000 USD · -80 % · 1992"


def test_an_event_that_did_not_take_place_says_so():
    who = Actor(text="Chile", name="Chile", state="CHL")
    whom = Actor(text="Peru", name="Peru", state="PER")
    line = fact_line(Event(actor=(who,), recipient=(whom,), event="ASSAULT", status="denied"))
    assert line == "attacks with violence · ASSAULT · Chile (CHL) → Peru (PER) · denied"


def test_an_event_without_a_known_mode_is_reported_by_its_type():
    who = Actor(text="Chile", name="Chile", state="CHL")
    assert fact_line(Event(actor=(who,), event="AID", mode="no mode of it")).startswith("gives aid · AID no mode of it")


def test_an_anniversary_is_reported_with_what_it_is_of():
    assert (
        fact_line(Commemoration(of="the battle", occurred="1939", ordinal=80))
        == "80th anniversary of the battle · (1939)"
    )
