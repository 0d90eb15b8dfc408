# ruff: noqa: E501 - payloads are as long as they are
"""Whatever a report holds is shown as text: nothing of it runs, in no field, on no page, in no form."""

import json
import re

import pytest

import comity
from comity.document.document import Document
from comity.ledger import ingest
from comity.ledger.store import Writer
from comity.records.record import (
    Actor,
    Agreement,
    Attribution,
    DocumentRecord,
    Event,
    Figure,
    Predecessor,
    Project,
    Record,
    Visit,
)

_CORES = (
    "<script>hit(N)</script>", "<img src=x onerror=hit(N)>", "<svg/onload=hit(N)>", "'\"><script>hit(N)</script>",
    "</title><script>hit(N)</script>", "</textarea><script>hit(N)</script>", "</style><script>hit(N)</script>",
    "</script><script>hit(N)</script>", "javascript:hit(N)", '" onmouseover="hit(N)', "' onfocus='hit(N)' autofocus='",
    "<a href=javascript:hit(N)>x</a>", "<iframe srcdoc='<script>parent.hit(N)</script>'>", "<body onload=hit(N)>",
    "<details open ontoggle=hit(N)>", "<math><mi xlink:href='javascript:hit(N)'>", "<input autofocus onfocus=hit(N)>",
    "{{ hit(N) }}", "{% for x in [] %}", "${hit(N)}", "<!--<script>hit(N)//-->", "]]><script>hit(N)</script>",
    "<svg><style>*{background:url('javascript:hit(N)')}</style>", "<link rel=stylesheet href=//evil.example>",
    "<base href=//evil.example/>", "<form action=//evil.example><button>go", "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<object data=javascript:hit(N)>", "<embed src=javascript:hit(N)>", "<video><source onerror=hit(N)>",
    "<marquee onstart=hit(N)>", "<ScRiPt>hit(N)</sCrIpT>", "&lt;script&gt;hit(N)&lt;/script&gt;", "%3Cscript%3Ehit(N)%3C/script%3E",
    "\u2028<script>hit(N)</script>", "<script\u00a0>hit(N)</script>", '=HYPERLINK("javascript:hit(N)")', "+hit(N)", "-hit(N)", "@hit(N)",
    "<x onclick=hit(N)>", "<svg><a xlink:href=javascript:hit(N)><text>x", "<template><script>hit(N)</script>",
    "<noscript><img src=x onerror=hit(N)></noscript>", "<img src='x' onerror='hit(N)", '"><img src=x onerror=hit(N)>',
    "<title>hit(N)</title>", "`${hit(N)}`", "<plaintext>", "<xmp><script>hit(N)</script></xmp>",
)  # fmt: skip
PAYLOADS = tuple(c.replace("N", str(n)) for n, c in enumerate(_CORES))


def _document(n: int, hostile: str) -> tuple[Document, list[Record]]:
    """A document all of whose fields hold the payload, where its kind of field holds words at all."""
    name, day = f"{n} {hostile}", "2019-09-03"
    text = f"{hostile} met {hostile} again."
    who = Actor(text=hostile, name=hostile, role=hostile, state="RUS", sector="GOV")
    whom = Actor(text=hostile, name=hostile, role=hostile, state="MNG", sector="GOV")
    data = {"document": name, "quote": hostile, "part": "text", "start": 0, "end": len(hostile), "confidence": 0.5}
    said = Attribution(text=hostile, name=hostile, role=hostile, state="RUS")
    scale = None
    records: list[Record] = [
        DocumentRecord(id=name, document=name, title=hostile, published=day, states=("RUS", "MNG")),
        Event(id=f"event:{n}", actor=(who,), recipient=(whom,), event="CONSULT", mode=hostile, context=(hostile,),
              cameo=hostile, quad_code=1, event_scale=scale, date=day, place=hostile, evidence=hostile, attribution=said, **data),
        Agreement(id=f"agreement:{n}", title=hostile, type=hostile, parties=("MNG", "RUS"), signatories=(who,),
                  stage="signed", date=day, place=hostile, duration=hostile, renewal=hostile, notice=hostile,
                  predecessors=(Predecessor(title=hostile, date="1993", link="replaces"),), areas=(hostile,), **data),
        Visit(id=f"visit:{n}", visitors=(who,), host="MNG", place=hostile, date=day, purpose=hostile, level=hostile, **data),
        Project(id=f"project:{n}", name=hostile, type=hostile, parties=("MNG", "RUS"), areas=(hostile,), **data),
        Figure(id=f"figure:{n}", measure=hostile, reporter="RUS", partner="MNG", value=1.0, unit=hostile,
               direction=hostile, period="2019", qualifier=hostile, **data),
    ]  # fmt: skip
    document = Document(
        id=name, text=text, title=hostile, published=day, published_basis=hostile, source=f"https://example.org/{hostile}",
        language=hostile, text_sha256=str(n),
    )  # fmt: skip
    return document, records


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "<img src=x onerror=hit(99)>.duckdb"
    writer = Writer(path)
    ingest.store(writer, ingest.Batch(readings=[_document(n, p) for n, p in enumerate(PAYLOADS)]))
    writer.publish()
    writer.close()
    with comity.open(path) as led:
        key = led.facts("RUS", "MNG", kinds=("event",))[0].id
        led.judge(key, "accept", signed=PAYLOADS[0], dated="2020-01-01", note=PAYLOADS[1])
    return path


def _addresses(server) -> list[str]:
    rows = []
    for page in range(1, 12):
        rows += server.get(f"/dyad/RUS/MNG.json?page={page}").json()["chronicle"]["rows"]
    ids = list(dict.fromkeys(r["id"] for r in rows))
    documents = list(dict.fromkeys(r["document"] for r in rows))
    agreements = [i for i in ids if ":agreement:" in i]
    return [
        "/", "/states", "/state/MNG", "/agreements?state=RUS", "/map", "/network", "/coverage", "/about",
        *(f"/dyad/RUS/MNG?page={n}" for n in range(1, 12)), "/dyad/RUS/MNG?from=2019&to=2019",
        *(f"/fact/{i}" for i in ids[:: max(1, len(ids) // 60)]), *(f"/agreement/{i}" for i in agreements[:12]),
        *(f"/document/{d}" for d in documents), f"/dyad/RUS/MNG?fact={ids[0]}",
    ]  # fmt: skip


def test_fifty_payloads_in_every_field_stay_text(hostile, serve, browser):
    assert len(PAYLOADS) == 50
    with serve(hostile) as server:
        context = browser.new_context()
        page = context.new_page()
        said, hits = [], []
        page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
        page.on("request", lambda r: hits.append(r.url) if "127.0.0.1" not in r.url else None)
        page.on("dialog", lambda d: (hits.append(d.message), d.dismiss()))
        context.add_init_script("window.hits = []; window.hit = (n) => window.hits.push(n)")
        for path in _addresses(server):
            page.goto(server.address + path)
            assert page.evaluate("window.hits") == [], path
            # what would run or load is not even there as an element
            there = page.evaluate(
                "document.querySelectorAll('iframe,object,embed,base,video,math,marquee,meta[http-equiv],img').length"
            )
            assert there == 0, path
            handlers = page.evaluate(
                "[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on')))"
                ".length + document.querySelectorAll('a[href^=\"javascript:\" i]').length"
            )
            assert handlers == 0, path
        assert (said, hits) == ([], [])
        context.close()


def test_data_forms_carry_the_payloads_as_they_are_and_no_formula(hostile, serve):
    with serve(hostile) as server:
        rows = server.get("/dyad/RUS/MNG.json?kind=event").json()["chronicle"]["rows"]
        assert rows
        assert {r["quote"] for r in rows} <= {" ".join(p.split()) for p in PAYLOADS}
        for line in server.get("/dyad/RUS/MNG.csv").text.splitlines():
            assert not line.startswith(("=", "+", "-", "@"))
            assert ",=HYPERLINK" not in line
            assert ',"=HYPERLINK' not in line


def test_hostile_addresses_are_answered_with_their_error(site):
    from urllib.parse import quote

    for payload in PAYLOADS:
        for path in (
            f"/dyad/{quote(payload, safe='')}/MNG",
            f"/fact/{quote(payload, safe='')}",
            f"/map?state={quote(payload)}",
        ):
            answer = site.get(path)
            assert answer.status in {200, 303, 400, 404}, path
            assert "<script>hit" not in answer.text
            # what was typed stands in the form again, as the quoted value of its field
            assert not re.search(r"<[^>]*onerror", re.sub(r'"[^"<>]*"', "", answer.text))


def test_a_text_to_try_and_a_dossiers_file_stay_text(site, hostile):
    for payload in PAYLOADS[:10]:
        answer = site.post("/try.json", json.dumps({"text": f"{payload} Kenya met Uganda."}), "application/json")
        assert answer.status == 200
        page = site.post("/try", f"text={payload}").text
        assert "<script>hit" not in page
    with comity.open(hostile) as led:
        page = led.dossier_as("html", "RUS", "MNG", on="2020-01-01")
    assert "<script" not in page
    assert "<img" not in page
