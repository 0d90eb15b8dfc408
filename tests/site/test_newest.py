"""The page shows the newest published state, and reads a ledger of an older format as it is."""

import duckdb

import comity


def test_what_is_added_is_shown_and_nothing_published_by_the_server(mongolia, tmp_path, serve):
    path = tmp_path / "asia.duckdb"
    path.write_bytes(mongolia.read_bytes())
    with serve(path) as server:
        before = server.get("/about.json").json()
        report = tmp_path / "new.txt"
        report.write_text("Kenya and Uganda signed a trade agreement in Nairobi.", encoding="utf-8")
        with comity.open(path) as led:
            led.add(report, published="2021-05-04")
        after = server.get("/about.json").json()
        assert after["counts"]["documents"] == before["counts"]["documents"] + 1
        assert after["sha256"] != before["sha256"]
        assert server.get("/dyad/KEN/UGA.json").json()["chronicle"]["total"] > 0


def test_a_ledger_of_the_first_format_is_shown(mongolia, tmp_path, serve):
    path = tmp_path / "old.duckdb"
    path.write_bytes(mongolia.read_bytes())
    with duckdb.connect(str(path)) as held:
        for (table,) in held.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            if table not in {"batch", "document", "origin", "statement", "copy", "judgement", "migration"}:
                held.execute(f"DROP TABLE {table}")
        held.execute("DELETE FROM migration WHERE number > 1")
    with serve(path) as server:
        assert server.get("/dyad/RUS/MNG.json?on=2020-09-22").json()["counts"]["agreements in force"] == 1


def test_two_threads_ask_one_state(mongolia):
    with comity.open(mongolia) as led:
        other = led.another()
        assert [f.id for f in other.facts("RUS", "MNG")] == [f.id for f in led.facts("MNG", "RUS")]
        assert other.counts()["documents"] == 4
