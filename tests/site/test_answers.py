"""Every page also as data at its own address, with one shape of error and a citation."""

import csv
import io

import pytest

ADDRESSES = [
    "/index", "/dyad/RUS/MNG", "/states", "/state/MNG", "/agreements", "/agreements?state=Mongolia&stage=in%20force",
    "/map", "/network", "/coverage", "/about",
]  # fmt: skip


def with_form(address: str, form: str) -> str:
    path, mark, query = address.partition("?")
    return f"{path}.{form}{mark}{query}"


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_page_is_html_json_csv_and_metadata_at_one_address(site, address):
    page = site.get(address)
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    data = site.get(with_form(address, "json"))
    assert data.json()["citation"].startswith(data.json()["title"])
    rows = site.get(with_form(address, "csv"))
    assert rows.headers["content-type"].startswith("text/csv")
    about = site.get(with_form(address, "metadata.json")).json()
    assert about["citation"] in page.text.replace("&amp;", "&")
    assert len(about["ledger"]["sha256"]) == 64
    read = list(csv.reader(io.StringIO(rows.text)))
    assert (read[0] if read and read[0] else []) == about["columns"]
    assert len(read) - 1 == about["rows"]


def test_states_are_found_by_any_name(site):
    answer = site.get("/dyad?a=Russian%20Federation&b=mongolia")
    assert (answer.status, answer.headers["location"]) == (303, "/dyad/RUS/MNG")
    assert site.get("/dyad/Russia/Mongolia").status == 200
    assert site.get("/dyad/SUN/MNG").text == site.get("/dyad/RUS/MNG").text.replace("/dyad/RUS/MNG", "/dyad/SUN/MNG")


def test_the_summary_says_how_things_stand_and_each_number_leads_to_its_facts(site):
    page = site.get("/dyad/RUS/MNG?on=2020-09-22").text
    assert '<a href="#in-force">1 agreement in force</a>' in page
    assert '<h2 id="in-force">In force</h2>' in page
    assert '<a href="#ended">1 ended</a>' in page
    assert "1 agreement in force" not in site.get("/dyad/RUS/MNG?on=2019-09-02&known=2019-09-02").text


def test_days_kinds_and_sources_choose_what_the_table_and_csv_hold(site):
    def rows(query: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(site.get(f"/dyad/RUS/MNG.csv?{query}").text)))

    everything = rows("status=occurred&status=planned")
    assert {r["kind"] for r in rows("kind=agreement")} == {"agreement"}
    assert {r["type"] for r in rows("kind=event&type=SUPPORT")} == {"SUPPORT"}
    assert all(int(r["independent"]) >= 3 for r in rows("least=3"))
    in_2020 = rows("from=2020&to=2020")
    assert 0 < len(in_2020) < len(everything)
    assert all(r["first"] <= "2020-12-31" and r["last"] >= "2020-01-01" for r in in_2020 if r["first"])


@pytest.mark.parametrize(
    ("path", "status", "content"),
    [
        ("/dyad/RUS/Atlantis.json", 404, "not a known state or organisation"),
        ("/dyad/RUS/RUS.json", 400, "choose two different states"),
        ("/dyad/RUS/MNG.json?on=tomorrow", 400, "write YYYY"),
        ("/dyad/RUS/MNG.json?from=2020&to=2019", 400, "is after"),
        ("/dyad/RUS/MNG.json?kind=gossip", 400, "is not one of"),
        ("/dyad/RUS/MNG.json?least=-1", 400, "whole number"),
        ("/fact/fact:event:0.json", 404, "holds no fact"),
        ("/document/0.json", 404, "contains no document"),
        ("/nothing.json", 404, "there is nothing at"),
        ("/map.svg", 404, "is not available as svg"),
    ],
)
def test_what_is_wrong_is_said_in_one_shape(site, path, status, content):
    answer = site.get(path)
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    assert content in answer.json()["detail"]
    assert set(answer.json()) == {"type", "title", "status", "detail"}


def test_a_page_that_is_not_there_says_so_as_a_page(site):
    answer = site.get("/document/0")
    assert (answer.status, "contains no document" in answer.text) == (404, True)


def test_the_evidence_of_a_fact_shows_its_sentence_in_the_article_and_who_says_so(site):
    found = site.get("/agreements.json?on=2020-09-22&stage=in%20force").json()["agreements"]["rows"][0]
    page = site.get(f"/fact/{found['id']}?part=drawer").text
    assert "<mark>" in page
    assert "Said by the report in its own voice" in page
    assert "<html" not in page
    assert site.get(f"/fact/{found['id']}.json").json()["statements"][0]["quote"]


def test_the_page_of_an_agreement_shows_its_acts_and_what_it_replaced(site):
    found = site.get("/agreements.json?on=2020-09-22&stage=in%20force").json()["agreements"]["rows"][0]
    content = site.get(f"/agreement/{found['id']}.json?on=2020-09-22").json()
    assert content["effect"] == "in force"
    assert {"signed", "approved", "entered into force"} <= {a["act"] for a in content["acts"]}
    assert [k["link"] for k in content["kin"]] == ["it replaces"]
    older = site.get(f"/agreement/{content['kin'][0]['id']}.json?on=2020-09-22")
    assert older.json()["kin"][0]["link"] == "it is replaced by"
    assert site.get(f"/agreement/{content['kin'][0]['id']}?on=2020-09-22").status == 200


def test_the_page_of_a_report_is_the_report_with_its_records(site):
    row = site.get("/dyad/RUS/MNG.json").json()["chronicle"]["rows"][0]
    page = site.get(f"/document/{row['document']}?fact={row['id']}")
    assert page.status == 200
    assert 'class="' in page.text
    assert "<mark" in page.text
    assert site.get(f"/document/{row['document']}.json").json()["records"]


def test_a_text_is_read_and_nothing_of_it_kept(site):
    before = site.get("/about.json").json()["sha256"]
    answer = site.post("/try", "text=Kenya+and+Uganda+signed+a+trade+agreement+in+Nairobi.&published=2021-05-04")
    assert answer.status == 200
    assert "KEN, UGA" in answer.text
    records = site.post("/try.json", '{"text": "Kenya and Uganda signed a trade agreement."}', "application/json")
    assert [r["kind"] for r in records.json()["records"]][:1] == ["document"]
    assert site.get("/about.json").json()["sha256"] == before
    assert site.post("/try.json", "[1]", "application/json").status == 400
    assert site.post("/try.json", "text=", "text/plain").status == 400


def test_the_map_says_that_it_takes_no_side_and_which_borders_are_contested(site):
    content = site.get("/map.json").json()
    assert "takes no side" in content["policy"]
    assert content["policy"] in site.get("/map").text
    assert ["Kosovo", "688"] in content["contested"]
    assert {p["place"] for p in content["points"]} >= {"Ulaanbaatar"}


def test_coverage_shows_documents_a_month_and_what_the_reader_is_known_to_miss(site):
    content = site.get("/coverage.json").json()
    assert sum(m["documents"] for m in content["months"]) == content["counts"]["documents"] == 12
    assert all(0 < e["at_least"] <= 1 for e in content["errors"])
    assert content["readers"]


def test_the_description_names_every_address_and_its_forms(site):
    paths = site.get("/openapi.json").json()["paths"]
    assert {"/dyad/{a}/{b}.json", "/dyad/{a}/{b}.svg", "/fact/{key}.csv", "/map.metadata.json", "/coverage"} <= set(
        paths
    )
