"""The editor's queue on the page: accepted, rejected and corrected by keyboard, and by form without scripts."""

import shutil
from urllib.parse import urlencode

import pytest

import comity

WIDTHS = (390, 768, 1280)


@pytest.fixture
def own_site(tmp_path, sample, serve, token):
    """The sample, whose records stay as they are whatever the reader, as a ledger that a test may judge."""
    shutil.copy(sample, tmp_path / "own.duckdb")
    with serve(tmp_path / "own.duckdb", "--token", token) as server:
        yield server


def test_without_the_token_the_queue_is_shown_and_nothing_judged(site):
    page = site.get("/queue")
    assert page.status == 200
    assert "<mark>" in page.text
    assert 'action="/judge"' not in page.text
    assert site.get("/queue.json?kind=gossip").status == 400


def test_a_form_judges_and_leads_back_to_the_queue(own_site, token):
    key = own_site.get("/queue.json").json()["facts"][0]["id"]
    fields = {"key": key, "verdict": "accept", "signed": "A. Reader", "back": "/queue?signed=A.+Reader"}
    answer = own_site.post("/judge", urlencode(fields), authorization=f"Bearer {token}")
    assert (answer.status, answer.headers["location"]) == (303, "/queue?signed=A.+Reader")
    after = own_site.get("/queue.json").json()
    assert after["judged"] == 1
    assert key not in {f["id"] for f in after["facts"]}


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/queue", "/queue\\@x\n", "/queues"])
def test_a_form_leads_nowhere_else(own_site, token, back):
    key = own_site.get("/queue.json").json()["facts"][0]["id"]
    fields = {"key": key, "verdict": "accept", "signed": "A. Reader", "back": back}
    answer = own_site.post("/judge", urlencode(fields), authorization=f"Bearer {token}")
    assert answer.headers["location"] == f"/fact/{key}"


@pytest.fixture
def editor(own_site, token, browser):
    """A page of somebody who may judge; its console must stay silent."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda e: said.append(str(e)))
    page.goto(f"{own_site.address}/enter")
    page.locator("input[name=token]").fill(token)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{own_site.address}/")
    page.said = said
    yield page
    context.close()


def waits(page, holds) -> None:
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("waited for ten seconds")


def test_by_keyboard_facts_are_accepted_rejected_corrected_and_judged_anew(editor, own_site, tmp_path):
    page = editor
    page.goto(f"{own_site.address}/queue?signed=A.+Reader")
    ids = page.locator("#queue article").evaluate_all("items => items.map((i) => i.id)")
    assert len(ids) >= 3
    now = page.locator("#queue article.now")
    assert now.get_attribute("id") == ids[0]
    page.keyboard.press("a")
    waits(page, lambda: now.get_attribute("id") == ids[1])
    page.keyboard.press("r")
    waits(page, lambda: now.get_attribute("id") == ids[2])
    assert page.locator("#judged").inner_text() == "2"
    # the last one anew: the later judgement counts
    page.keyboard.press("u")
    assert now.get_attribute("id") == ids[1]
    page.keyboard.press("a")
    waits(page, lambda: now.get_attribute("id") == ids[2])
    page.keyboard.press("k")
    assert now.get_attribute("id") == ids[1]
    page.keyboard.press("j")
    assert now.get_attribute("id") == ids[2]
    page.keyboard.press("c")
    kind = ids[2].split(":")[1]
    right = {
        "event": ("place", "Moscow"),
        "visit": ("place", "Moscow"),
        "agreement": ("title", "a treaty"),
        "assessment": ("level", "high"),
    }
    field, value = right[kind]
    page.locator("#queue article.now select[name=field]").select_option(field)
    page.locator("#queue article.now input[name=value]").fill(value)
    page.keyboard.press("Enter")
    waits(page, lambda: page.locator("#queue article[data-judged='1']").count() == 3)
    assert page.said == []
    made = own_site.get("/queue.json").json()
    assert made["judged"] == 3
    page.reload()
    assert ids[0] not in page.locator("#queue article").evaluate_all("items => items.map((i) => i.id)")
    with comity.open(tmp_path / "own.duckdb") as led:
        data = [(r["fact"], r["verdict"], r["stands"], r["signed"]) for r in led.judgements.statements()]
    assert {(ids[1], "reject", False, "A. Reader"), (ids[1], "accept", True, "A. Reader")} <= set(data)
    assert {v for f, v, _, _ in data if f == ids[2]} == {"correct"}


def test_a_judgement_needs_a_name_and_a_wrong_correction_is_said_and_given_back(editor, own_site):
    page = editor
    page.goto(f"{own_site.address}/queue")
    first = page.locator("#queue article").first.get_attribute("id")
    page.locator("#queue article").first.focus()
    page.keyboard.press("a")
    assert "name" in page.locator("#said").inner_text()
    page.keyboard.type("B. Reader")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    waits(page, lambda: "Not kept" in page.locator("#said").inner_text())
    assert page.locator("#queue article.now").get_attribute("id") == first
    assert page.locator("#judged").inner_text() == "0"


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory, sample, serve, token):
    """The same with nothing judged on it: all widths look at one."""
    path = tmp_path_factory.mktemp("looked-at") / "own.duckdb"
    shutil.copy(sample, path)
    with serve(path, "--token", token) as server:
        yield server


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_queue_calendar_and_brief_are_accessible_at_every_width(looked_at, token, browser, faults, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    context.set_extra_http_headers({"authorization": f"Bearer {token}"})
    page = context.new_page()
    for path in ("/queue", "/calendar?on=2019-12-31&within=P60M", "/dyad/RUS/MNG/brief?on=2020-09-22"):
        page.goto(looked_at.address + path)
        assert faults(page) == [], path
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
    page.goto(looked_at.address + "/queue")
    quote = page.locator("#queue mark").first.bounding_box()
    assert quote is not None
    assert quote["x"] >= 0
    assert quote["x"] + quote["width"] <= width
    context.close()
