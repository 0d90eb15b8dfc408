"""The pages on a phone, a tablet and a desk, light and dark: the sentence is on the screen, a finger finds its mark."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from routes import every_page

WIDTHS = (390, 768, 1280)
WAYS = tuple((wide, scheme) for scheme in ("light", "dark") for wide in WIDTHS)
"""The widths and schemes in which pages are opened."""
IN_FULL = "COMITY_EVERY_WIDTH"
"""The variable of the environment that, set, opens every page in each of these ways instead of in one in rotation."""
TOUCHED = [w for w in WIDTHS if w < 820]
# links within a sentence are as high as its line: what they lead to is found elsewhere as well
TARGETS = """
() => [...document.querySelectorAll('a[href], button, summary, select, input:not([type=hidden])')]
  .filter((e) => !e.closest('p, .ends, .note, .skip, svg, figcaption, .when, .count') && !e.classList.contains('skip'))
  .map((e) => [e, e.getBoundingClientRect()])
  .filter(([e, b]) => b.width && b.height && (b.width < 24 || b.height < 24))
  .map(([e, b]) => [e.tagName, e.className, (e.innerText || e.name || '').slice(0, 30), b.width, b.height].join(' '))
"""
MARKS = """
() => [...document.querySelectorAll('#lanes .chart svg a')]
  .map((e) => e.getBoundingClientRect()).filter((b) => b.width < 23.9 || b.height < 23.9).length
"""
NAMES = """
() => {
  const boxes = [...document.querySelectorAll('.network text')].map((e) => [e.textContent, e.getBoundingClientRect()]);
  return boxes.flatMap(([a, p], i) => boxes.slice(i + 1)
    .filter(([, q]) => p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 2 && q.top < p.bottom - 2)
    .map(([b]) => `${a} / ${b}`));
}
"""


@contextmanager
def looking(browser, wide: int, scheme: str) -> Iterator[Any]:
    """A page of a width in a scheme, and in `said` what its console says."""
    context = browser.new_context(
        viewport={"width": wide, "height": 844}, color_scheme=scheme, has_touch=wide in TOUCHED
    )
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda e: said.append(str(e)))
    opened.wide, opened.said = wide, said
    yield opened
    context.close()


@pytest.fixture(params=WAYS, ids=lambda p: f"{p[0]}-{p[1]}")
def page(request, browser) -> Iterator[Any]:
    """A page of a width in a scheme, whose console must stay silent."""
    with looking(browser, *request.param) as opened:
        yield opened
    assert opened.said == []


def looked_at(site, wide: int, scheme: str) -> list[str]:
    """The pages that are opened in a way: one in six, in rotation, or all where the environment asks for it."""
    pages = every_page(site)
    if os.environ.get(IN_FULL):
        return list(pages)
    return [path for n, path in enumerate(pages) if WAYS[n % len(WAYS)] == (wide, scheme)]


def settled(page) -> None:
    page.wait_for_load_state("networkidle")
    for _ in range(100):
        if page.locator("#lanes.busy").count() == 0:
            return
        page.wait_for_timeout(50)


def test_the_sentence_is_on_the_screen_with_its_day_and_its_report(site, page):
    page.goto(f"{site.address}/dyad/RUS/MNG?on=2020-12-31")
    settled(page)
    rows = page.locator("table.chronicle tbody tr")
    assert rows.count() > 3
    for n in range(3):
        row = rows.nth(n)
        for part in (".day", ".what", ".quote a", ".report a"):
            row.locator(part).first.scroll_into_view_if_needed()
            box = row.locator(part).first.bounding_box()
            assert box["x"] >= 0, part
            assert box["x"] + box["width"] <= page.wide, part
            assert 0 <= box["y"] < 844, part
        assert row.locator(".quote").inner_text().strip()
        assert row.locator(".report a").first.get_attribute("href").startswith("/document/")


def test_a_tap_on_a_row_opens_its_evidence_on_the_screen(site, page):
    page.goto(f"{site.address}/dyad/RUS/MNG?on=2020-12-31")
    settled(page)
    page.locator("table.chronicle a.evidence").first.click()
    quote = page.locator("#drawer mark").first
    quote.wait_for()
    quote.scroll_into_view_if_needed()
    box = quote.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.wide + 1


@pytest.mark.parametrize(("wide", "scheme"), WAYS, ids=str)
def test_no_page_has_a_serious_fault_or_runs_off_the_side_or_catches_the_keyboard(site, browser, faults, wide, scheme):
    found = {}
    for path in looked_at(site, wide, scheme):
        # each page has a console of its own, so that one page's silence excuses no other's words
        with looking(browser, wide, scheme) as page:
            status = page.goto(site.address + path).status
            settled(page)
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found[path] = [*faults(page), *([f"{over} pixels too wide"] if over > 1 else []), *_by_keyboard(page)]
            found[path] += _unexpected(page, status)
    assert {p: f for p, f in found.items() if f} == {}


def _unexpected(page, status: int) -> list[str]:
    """What the console says, but for the one line in which the browser repeats that a page is not there."""
    said = list(page.said)
    if status == 404 and (gone := next((s for s in said if "status of 404" in s), None)):
        said.remove(gone)
    return said


def test_every_page_is_opened_and_every_width_and_scheme_has_its_share(site):
    opened = [looked_at(site, *way) for way in WAYS]
    assert {path for pages in opened for path in pages} == set(every_page(site))
    assert min(map(len, opened)) >= len(every_page(site)) // len(WAYS)


REACHED = """
() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter((e) => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true})
    && !(e.type === 'radio' && !e.checked)).length
"""
"""How many things of a page the keyboard has to reach."""
FOCUSED = """
() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  window.reached ??= new Set();
  const again = window.reached.has(e), within = window.last === e;
  window.last = e;
  if (e !== document.body) window.reached.add(e);
  return {
    name: [e.tagName, e.id, e.className.baseVal ?? e.className, (e.textContent || '').trim().slice(0, 20)].join(' '),
    body: e === document.body, again, within,
    seen: style.outlineStyle !== 'none' || style.boxShadow !== 'none' || e.tagName === 'svg' || !!e.closest('svg'),
    width: box.width, height: box.height, reached: window.reached.size,
  };
}
"""
MOST_KEYS = 400
"""How many keys are pressed on a page at most; only a page of long tables has more things than that."""
PARTS = 4
"""A field for a day has a day, a month, a year and a calendar, and takes a key for each."""


def _by_keyboard(page) -> list[str]:
    """What is wrong where Tab leads from the first thing of a page to its last: each is seen, and none is left out."""
    page.evaluate("document.activeElement.blur()")
    there, reached, parts, wrong = page.evaluate(REACHED), 0, 0, []
    for _ in range(MOST_KEYS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        # past the last thing the focus leaves the page, or begins anew
        if at["body"] or (at["again"] and reached >= there):
            break
        parts = parts + 1 if at["within"] else 0
        if at["again"] and (not at["within"] or parts >= PARTS):
            wrong.append(f"the keyboard is caught at {at['name']}")
            break
        reached = at["reached"]
        # the parts of a field for a day are marked by the browser
        if not at["within"] and (not at["seen"] or not at["width"] or not at["height"]):
            wrong.append(f"the focus is not seen on {at['name']}")
    if reached < min(there, MOST_KEYS):
        wrong.append(f"the keyboard reaches {reached} of {there} things")
    return wrong


def test_the_strip_is_drawn_for_the_width_and_its_names_are_read_whole(site, page):
    page.goto(f"{site.address}/dyad/RUS/MNG?on=2020-12-31")
    settled(page)
    drawn = page.locator("#lanes .chart svg").evaluate("e => e.viewBox.baseVal.width")
    room = page.locator("#lanes").evaluate("e => e.clientWidth")
    assert abs(drawn - room) <= 24
    # letters are as large as they were drawn: nothing was scaled down
    shown = page.locator("#lanes .chart svg").bounding_box()["width"]
    assert abs(shown - drawn) <= 1
    assert page.locator(".slider svg").bounding_box()["width"] == pytest.approx(shown, abs=1)


def test_coverage_network_and_map_are_drawn_for_the_width(site, page):
    for path, drawn in (("/coverage", ".plot svg rect"), ("/network", ".network circle"), ("/map", ".map path.land")):
        page.goto(site.address + path)
        page.locator(drawn).first.wait_for(state="attached")
        box = page.locator(".plot svg, .network svg, .map svg").first.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= page.wide
        assert box["height"] > 100
        if path == "/network":
            assert page.evaluate(NAMES) == []


def test_facets_are_folded_away_where_they_would_hide_the_list(site, page):
    page.goto(f"{site.address}/agreements")
    settled(page)
    facets = page.locator("form.facets")
    if page.wide > 900:
        assert facets.is_visible()
        return
    assert not facets.is_visible()
    assert page.locator("#agreements table").bounding_box()["y"] < 844
    page.locator(".folded summary").click()
    assert facets.is_visible()


def test_the_acts_of_an_agreement_are_drawn_for_the_width(site, page):
    key = site.get("/agreements.json").json()["agreements"]["rows"][0]["id"]
    page.goto(f"{site.address}/agreement/{key}")
    settled(page)
    axes = page.locator("svg.axes")
    box = axes.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.wide
    names = [axes.locator(".axis-name").nth(n).bounding_box() for n in range(3)]
    assert all(n["height"] > 11 for n in names), "the names of the axes are too small to be read"
    for n in range(axes.locator("circle").count()):
        point = axes.locator("circle").nth(n).bounding_box()
        assert point["x"] >= 0
        assert point["x"] + point["width"] <= page.wide


def test_what_is_touched_is_24_pixels_wide_and_high(site, page):
    if page.wide not in TOUCHED:
        pytest.skip("a desk is pointed at, with a finer pointer")
    small = {}
    for path in every_page(site) if os.environ.get(IN_FULL) else every_page(site)[TOUCHED.index(page.wide) :: 2]:
        status = page.goto(site.address + path).status
        settled(page)
        small[path] = [*page.evaluate(TARGETS), *_unexpected(page, status)]
        page.said.clear()
    assert {p: s for p, s in small.items() if s} == {}
    page.goto(f"{site.address}/dyad/RUS/MNG?on=2020-12-31")
    settled(page)
    assert page.locator("#lanes .chart svg a").count() > 0
    assert page.evaluate(MARKS) == 0


def test_a_page_that_is_made_narrower_is_drawn_again(site, browser):
    context = browser.new_context(viewport={"width": 1280, "height": 844})
    opened = context.new_page()
    opened.goto(f"{site.address}/coverage")
    opened.locator(".plot svg rect").first.wait_for(state="attached")
    # 200 % zoom of a window of 1280 pixels leaves 640
    opened.set_viewport_size({"width": 640, "height": 422})
    opened.wait_for_timeout(1500)
    room = opened.locator(".plot").first.evaluate("e => e.clientWidth")
    drawn = float(opened.locator(".plot svg").first.get_attribute("width"))
    assert drawn == pytest.approx(room, abs=24)
    opened.goto(f"{site.address}/dyad/RUS/MNG?on=2020-12-31")
    settled(opened)
    assert opened.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1
    context.close()
