"""A state's page, pairs side by side, agreements searched and counted, and the form again for what is mistyped."""

import csv
import html
import io
import re
import unicodedata

import pytest

from comity.knowledge.places import coordinates

AXE_PAGES = (
    "/state/CHN?by=strain", "/compare?a=RUS&b=MNG&c=CHN&d=MNG", "/agreements?state=MNG&sort=title", "/network", "/map",
    "/states",
)  # fmt: skip


@pytest.fixture(scope="module")
def sample(tmp_path_factory, serve):
    """The bundled sample, served."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("sample")))
        with serve(None) as server:
            yield server


def rows(server, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(server.get(address).text)))


def unaccented(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()


def test_a_state_shows_what_was_reported_last_with_its_sentence(sample):
    data = sample.get("/state/MNG.json?on=2019-12-31").json()
    days = [f["last_reported"] for f in data["lately"]]
    assert days == sorted(days, reverse=True)
    assert days[0] <= "2019-12-31"
    page = html.unescape(sample.get("/state/MNG?on=2019-12-31").text)
    assert all(f"“{f['quote'][:60]}" in page for f in data["lately"])
    assert all(f"/fact/{f['fact']}" in page for f in data["lately"])
    assert sample.get(f"/fact/{data['lately'][0]['fact']}").status == 200


def test_the_agreements_in_force_of_a_state_are_those_of_the_list(sample):
    data = sample.get("/state/MNG.json?on=2020-12-31").json()["in_force"]
    listed = sample.get("/agreements.json?state=MNG&on=2020-12-31&stands=In%20force").json()["agreements"]
    assert [a["id"] for a in data] == [a["id"] for a in listed["rows"]]
    assert data
    assert data[0]["title"] in html.unescape(sample.get("/state/MNG?on=2020-12-31").text)


def test_partners_are_ranked_by_cooperation_conflict_and_balance(sample):
    def ranked(by: str) -> list[dict[str, str]]:
        return rows(sample, f"/state/CHN.csv?by={by}")

    for by in ("cooperation", "conflict", "reports"):
        counts = [int(r[by]) for r in ranked(by)]
        assert counts == sorted(counts, reverse=True)
    balance = [r["balance"] for r in ranked("strain")]
    data = [float(b) for b in balance if b]
    assert data == sorted(data)
    # of whom no act is reported there is no balance, which is not nought: they come last
    assert balance[len(data) :] == [""] * (len(balance) - len(data))
    for r in ranked("balance"):
        if r["balance"]:
            up, down = int(r["cooperation"]), int(r["conflict"])
            assert float(r["balance"]) == pytest.approx((up - down) / (up + down), abs=0.001)
    assert (
        'aria-sort="descending"><a href="/state/CHN?by=conflict#partners"' in sample.get("/state/CHN?by=conflict").text
    )
    assert sample.get("/state/CHN.json?by=luck").status == 400


def test_who_visits_whom_is_distinguished(sample):
    of = {r["code"]: r for r in rows(sample, "/state/MNG.csv")}
    back = {r["code"]: r for r in rows(sample, "/state/RUS.csv")}
    assert int(of["RUS"]["visits_made"]) == int(back["MNG"]["visits_received"])
    assert int(of["RUS"]["visits_received"]) == int(back["MNG"]["visits_made"]) > 0


def test_two_pairs_stand_side_by_side_with_the_numbers_of_their_own_pages(sample):
    made = sample.get("/compare.json?a=Russia&b=Mongolia&c=China&d=MNG&on=2020-12-31").json()
    for pair, asked in zip(made["pairs"], ("RUS/MNG", "CHN/MNG"), strict=True):
        own = sample.get(f"/dyad/{asked}.json?on=2020-12-31").json()
        assert pair["counts"] == own["counts"]
        assert pair["summary"] == own["summary"]
    by = {r["what"]: r for r in made["rows"]}
    assert by["agreements in force"]["one"] == made["pairs"][0]["counts"]["agreements in force"]
    page = sample.get("/compare?a=Russia&b=Mongolia&c=China&d=MNG&on=2020-12-31").text
    drawn = re.findall(r'data-first="([^"]+)" data-last="([^"]+)"[^>]*>', page)
    spans = {d for d in drawn if d[0] < d[1]}
    assert len(spans) == 1, "both strips show the same period"


def test_a_comparison_without_states_asks_for_them(sample):
    page = sample.get("/compare")
    assert page.status == 200
    assert all(f'name="{n}"' in page.text for n in "abcd")
    assert sample.get("/compare.json?a=RUS&b=RUS&c=CHN&d=MNG").status == 400


def test_agreements_are_found_by_the_beginnings_of_words_in_their_title(sample):
    found = rows(sample, "/agreements.csv?title=friendl")
    assert found
    assert all("friendl" in f"{r['title']} {r['type']}".lower() for r in found)
    assert len(found) < len(rows(sample, "/agreements.csv"))
    nothing = html.unescape(sample.get("/agreements?state=MNG&title=zeppelin").text)
    assert "No agreement of Mongolia with “zeppelin” in its title" in nothing
    assert "statements on events" in nothing


@pytest.mark.parametrize("path", ["/events", "/visits", "/figures"])
def test_each_fact_of_the_sample_is_shown_in_words_and_whole_numbers(sample, path):
    first = sample.get(f"{path}.json").json()
    assert first["total"] > 0
    page = html.unescape(sample.get(path).text)
    assert all(f'id="{r["id"]}"' in page for r in first["rows"])
    for r in first["rows"]:
        if r.get("value") is not None:
            assert f"{r['value']:,.6f}".rstrip("0").rstrip(".") in page
        if path == "/events":
            assert f"{r['means']} · <abbr" in page
    assert not re.search(r"\de\+\d", page.partition("<tbody")[2].partition("</tbody>")[0])


def test_a_term_is_read_in_years_and_a_day_that_is_only_bracketed_as_by_it(sample):
    listed = rows(sample, "/agreements.csv?state=RUS&state=MNG&on=2020-12-31")
    page = sample.get("/agreements?state=RUS&state=MNG&on=2020-12-31").text
    shown = re.sub(r"<[^>]+>", "", page)
    terms = {r["duration"] for r in listed if r["duration"].startswith("P")}
    assert "P20Y" in terms
    assert "20 years" in shown
    assert not any(t in shown for t in terms)
    bracketed = [r["entered"] for r in listed if r["entered"].startswith("../")]
    assert bracketed
    assert all(f"by {day[3:]}" in shown and day not in shown for day in bracketed)


def test_agreements_are_sorted_and_what_lacks_a_value_comes_last(sample):
    titles = [unaccented(r["title"]) for r in rows(sample, "/agreements.csv?sort=title")]
    assert titles == sorted(titles)
    assert "elysee treaty" in titles
    entered = [r["entered"] for r in rows(sample, "/agreements.csv?sort=entered")]
    data = [e for e in entered if e]
    assert data == sorted(data, reverse=True)
    assert entered[: len(data)] == data


def test_each_facet_counts_what_the_others_leave(sample):
    counted = sample.get("/agreements?state=MNG&on=2020-12-31&stands=In%20force").text
    offered = {
        html.unescape(v): int(n)
        for v, n in re.findall(r'name="type" value="([^"]+)"[^>]*> [^<]* <span class="count" data-count>(\d+)', counted)
    }
    assert offered
    for kind, n in offered.items():
        query = f"state=MNG&on=2020-12-31&stands=In%20force&type={kind.replace(' ', '%20')}"
        assert len(rows(sample, f"/agreements.csv?{query}")) == n
    # its own facet still offers what else could be chosen
    assert re.search(r'name="stands" value="Ended"[^>]*> Ended <span class="count" data-count>[1-9]', counted)


@pytest.mark.parametrize(
    ("path", "status", "field", "typed", "near"),
    [
        ("/dyad?a=Rusia&b=Mongolia", 400, "a", "Rusia", "/dyad?a=Russia&b=Mongolia"),
        ("/dyad/RUS/Mongola?from=2019", 404, "b", "Mongola", "/dyad?a=RUS&b=Mongolia&from=2019"),
        ("/state/Mongola", 404, "code", "Mongola", "/state?code=Mongolia"),
        ("/map?state=Frnace", 400, "state", "Frnace", "/map?state=France"),
        ("/agreements?stands=in+force", 400, "stands", "in force", "/agreements?stands=In+force"),
        ("/dyad/RUS/MNG?on=2019-13-45", 400, "on", "2019-13-45", None),
        ("/network?least=few", 400, "least", "few", None),
    ],
)
def test_what_is_mistyped_comes_back_in_its_form_with_near_names(sample, path, status, field, typed, near):
    answer = sample.get(path)
    page = html.unescape(answer.text)
    assert answer.status == status
    assert re.search(rf'<input name="{field}" value="{typed}"[^>]*aria-invalid="true"', page)
    if near is not None:
        assert f'<a href="{near}">' in page
        led = sample.get(near)
        assert led.status in {200, 303}
    # a program is still answered in the one shape of an error
    if not path.startswith("/dyad?"):
        head, mark, query = path.partition("?")
        assert sample.get(f"{head}.json{mark}{query}").headers["content-type"] == "application/problem+json"


def test_the_state_that_is_named_is_found(sample):
    answer = sample.get("/state?code=Burma&on=2019-01-01")
    assert (answer.status, answer.headers["location"]) == (303, "/state/MMR?on=2019-01-01")
    assert sample.get("/state?code=").status == 400


def test_the_network_shows_cooperation_and_conflict_of_each_pair(sample):
    for edge in sample.get("/network.json").json()["edges"]:
        assert edge["cooperation"] + edge["conflict"] <= edge["on_events"]
    page = sample.get("/network").text
    assert "conflict outweighs" in page


def test_the_map_knows_seats_and_regions_and_has_a_legend(sample):
    places = coordinates()
    named = ("the White House", "Camp David", "the West Bank", "Bali")
    found = [spot for place in named if (spot := places.spot(place, ["FRA"]))]
    assert [s.state for s in found] == ["USA", "USA", "PSE", "IDN"]
    page = sample.get("/map").text
    assert "visit without a place, at the capital" in page
    assert "contested border" in page


def test_a_citation_carries_address_day_and_version(sample):
    data = sample.get("/dyad/RUS/MNG.metadata.json").json()
    day = data["citation"].rpartition(" ")[2]
    port = sample.address.rpartition(":")[2]
    assert f"http://127.0.0.1:{port}/dyad/RUS/MNG?on={day}, read on {day}" in data["citation"]
    assert f"Comity {data['comity']}" in data["citation"]
    # the address of the citation leads to the same answer
    dated = sample.get(f"/dyad/RUS/MNG.json?on={day}").json()
    assert dated["summary"] == sample.get("/dyad/RUS/MNG.json").json()["summary"]


ADDRESSES = (
    "/index", "/states", "/state/MNG", "/dyad/RUS/MNG", "/agreements?state=MNG", "/map", "/network", "/coverage",
    "/compare?a=RUS&b=MNG&c=CHN&d=MNG",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_metadata_say_what_each_column_means(sample, address):
    path, mark, query = address.partition("?")
    data = sample.get(f"{path}.metadata.json{mark}{query}").json()
    assert list(data["meanings"]) == data["columns"]
    assert [c for c, meaning in data["meanings"].items() if not meaning] == []


@pytest.fixture(params=(1280, 768, 390))
def page(request, browser):
    """A page whose console must stay silent."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    opened = context.new_page()
    said = []
    opened.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda e: said.append(str(e)))
    opened.said = said
    yield opened
    context.close()


def test_the_new_pages_fit_every_width_without_serious_faults(sample, page, faults):
    for path in AXE_PAGES:
        page.goto(sample.address + path)
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide[0] <= wide[1], path
        assert faults(page) == [], path
    assert page.said == []


def test_a_word_typed_is_answered_at_once_and_stands_in_the_address(sample, page):
    page.goto(f"{sample.address}/agreements?state=MNG")
    page.wait_for_load_state("networkidle")
    before = page.locator("table.agreements tbody tr").count()
    folded = page.locator(".folded > summary")
    if folded.count() and folded.first.is_visible():
        # a narrow screen folds the choices away
        folded.first.click()
    page.get_by_label("Words in the title").fill("friendl")
    page.wait_for_url("**title=friendl**")
    page.wait_for_load_state("networkidle")
    found = page.locator("table.agreements tbody tr")
    assert 0 < found.count() < before
    # the counts beside the choices are those of what is left
    shown = [int(t) for t in page.locator('fieldset[data-facet="stands"] [data-count]').all_inner_texts()]
    assert sum(shown) == found.count()
    box = page.locator('fieldset[data-facet="stands"] input').first
    box.check()
    page.wait_for_url("**stands=**")
    assert page.said == []


def test_a_line_of_the_network_says_what_it_is_made_of(sample, page):
    page.goto(f"{sample.address}/network")
    page.locator(".network .edge").first.wait_for(state="attached")
    page.locator(".network .edge").first.dispatch_event("pointerenter")
    data = page.locator(".network .readout").inner_text()
    assert re.search(r"\d+ on cooperation, \d+ on conflict", data)
    assert page.locator(".network .edge.conf, .network .edge.mixed, .network .edge.coop").count() > 0
    assert page.said == []
