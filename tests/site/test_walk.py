"""A visitor's walk through the pages in a real browser, at the width of a desk and of a hand."""

import csv

import pytest

WIDTHS = {"desk": 1280, "hand": 390}


@pytest.fixture(params=list(WIDTHS))
def page(request, browser):
    """A page whose console must stay silent."""
    context = browser.new_context(viewport={"width": WIDTHS[request.param], "height": 900}, accept_downloads=True)
    opened = context.new_page()
    said = []
    opened.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda e: said.append(str(e)))
    opened.said = said
    yield opened
    context.close()


def settled(page) -> None:
    page.wait_for_load_state("networkidle")
    until(page, lambda: page.locator("#lanes.busy").count() == 0)


def until(page, holds) -> None:
    """Waits for something to hold; the page's policy forbids the driver to wait inside of it."""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("waited for ten seconds")


def test_two_states_are_picked_and_their_evidence_opened(site, page):
    page.goto(site.address)
    page.get_by_label("One state").fill("Russian Federation")
    page.get_by_label("Another").fill("mongolia")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/dyad/RUS/MNG")
    settled(page)
    assert page.get_by_role("heading", level=1).inner_text().startswith("Russia and Mongolia")

    # a mark of the strip opens the drawer with the sentence in its article
    page.locator(".lane[data-lane=events] a").last.evaluate(
        "e => e.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))"
    )
    drawer = page.locator("#drawer")
    drawer.locator("mark").first.wait_for()
    sentence = drawer.locator("mark").first.inner_text()
    assert "fact=" in page.url
    assert page.evaluate("document.activeElement.className") == "fact-heading"
    permalink = page.url
    page.keyboard.press("Escape")
    assert not drawer.is_visible()
    assert "fact=" not in page.url

    # the permalink opens the same evidence, and the report holds the same sentence highlighted
    page.goto(permalink)
    assert drawer.locator("mark").first.inner_text() == sentence
    drawer.locator(".source h3 a").first.click()
    settled(page)
    assert page.locator("mark.now").first.inner_text() in sentence or sentence in page.locator(".text").inner_text()
    assert page.said == []


def test_brush_slider_and_filters_drive_all_lanes_and_stand_in_the_address(site, page):
    page.goto(f"{site.address}/dyad/RUS/MNG?on=2020-12-31")
    settled(page)
    before = page.locator("#lanes .chart svg").get_attribute("data-first")
    rows = page.locator("table.chronicle tbody tr").count()

    # the keyboard moves the slider
    page.locator(".slider").focus()
    page.keyboard.press("+")
    until(page, lambda: "from=" in page.url)
    until(page, lambda: page.locator("#lanes .chart svg").get_attribute("data-first") > before)
    settled(page)
    assert page.locator(".lane").count() == 4
    assert page.locator("#filters [name=from]").input_value() in page.url

    # a brush over the slider
    page.locator(".slider").scroll_into_view_if_needed()
    box = page.locator(".slider svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.97, box["y"] + 12, steps=4)
    page.mouse.up()
    settled(page)
    chosen = page.locator("#lanes .chart svg").get_attribute("data-first")
    assert f"from={chosen}" in page.url
    page.go_back()
    settled(page)
    page.locator(".slider").focus()
    page.keyboard.press("Home")
    until(page, lambda: "from=" not in page.url)
    # the whole strip is drawn again before it is dragged over
    until(page, lambda: page.locator("#lanes .chart svg").get_attribute("data-first") == before)
    settled(page)

    # a drag over the strip itself
    page.evaluate("document.querySelector('#lanes .chart svg').scrollIntoView({behavior: 'instant', block: 'center'})")
    chart = page.locator("#lanes .chart svg").bounding_box()
    page.mouse.move(chart["x"] + chart["width"] * 0.3, chart["y"] + 30)
    page.mouse.down()
    page.mouse.move(chart["x"] + chart["width"] * 0.6, chart["y"] + 40, steps=4)
    page.mouse.up()
    until(page, lambda: "from=" in page.url)
    settled(page)

    # a filter
    page.goto(f"{site.address}/dyad/RUS/MNG?on=2020-12-31")
    settled(page)
    page.get_by_text("Choose days, kinds and sources").click()
    page.get_by_label("agreement", exact=True).check()
    until(page, lambda: "kind=agreement" in page.url)
    settled(page)
    left = page.locator("table.chronicle tbody tr").count()
    assert 0 < left < rows
    page.reload()
    assert page.locator("table.chronicle tbody tr").count() == left
    assert page.said == []


def test_arrow_keys_go_from_mark_to_mark(site, page):
    page.goto(f"{site.address}/dyad/RUS/MNG?on=2020-12-31")
    settled(page)
    page.locator(".lane[data-lane=events] a[tabindex='0']").focus()
    first = page.evaluate("document.activeElement.dataset.fact")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.dataset.fact") != first
    page.keyboard.press("Enter")
    page.locator("#drawer .fact-heading").wait_for()
    assert page.said == []


def test_a_judgement_is_signed_in_the_drawer(own_site, page, token):
    page.goto(f"{own_site.address}/enter")
    page.get_by_label("The token").fill(token)
    page.get_by_role("button", name="Enter").click()
    page.goto(f"{own_site.address}/dyad/RUS/MNG?kind=event")
    settled(page)
    page.locator("table.chronicle a.evidence").first.click()
    page.get_by_label("Your name").fill("A. Reader")
    page.get_by_role("button", name="Accept").click()
    page.wait_for_url("**/fact/**")
    assert "accept" in page.locator(".judgements").inner_text()
    assert "A. Reader" in page.locator(".judgements").inner_text()
    assert page.said == []


def test_a_text_is_tried_and_the_csv_taken_home(site, page, tmp_path):
    page.goto(f"{site.address}/try")
    page.get_by_label("Text").fill("Kenya and Uganda signed a trade agreement in Nairobi.")
    page.get_by_label("Published on").fill("2021-05-04")
    page.get_by_role("button", name="Read").click()
    page.locator(".records h2").wait_for()
    assert "KEN, UGA" in page.locator(".records").inner_text()
    page.goto(f"{site.address}/dyad/RUS/MNG")
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").first.click()
    path = tmp_path / "rows.csv"
    taken.value.save_as(path)
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows
    assert rows[0]["quote"]
    assert page.said == []


def test_map_network_and_coverage_are_drawn_beside_their_tables(site, page):
    for path, drawn in (
        ("/map", ".map path.contested"),
        ("/network", ".network circle"),
        ("/coverage", ".plot svg rect"),
    ):
        page.goto(site.address + path)
        page.locator(drawn).first.wait_for(state="attached")
        assert page.locator("table").count() > 0
    assert page.said == []


def test_without_javascript_the_page_is_whole(site, browser):
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{site.address}/dyad/RUS/MNG?on=2020-12-31")
    assert opened.locator(".chart svg .lane").count() == 4
    opened.locator("table.chronicle a.evidence").first.click()
    assert opened.locator("mark").first.is_visible()
    opened.goto(f"{site.address}/map")
    assert opened.locator("table tbody tr").count() > 0
    context.close()
