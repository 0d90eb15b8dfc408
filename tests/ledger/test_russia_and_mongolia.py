"""Russia and Mongolia from the announcement to the entry into force, read from reports by the real reader."""

import comity


def status_on(path, day, **known):
    with comity.open(path) as led:
        return {
            ("new" if "strategic" in r["title"] else "old"): r for r in led.agreements("RUS", "MNG", on=day, **known)
        }


def test_at_the_end_of_2019_the_treaty_of_1993_is_in_force_and_the_new_one_signed(mongolia):
    at = status_on(mongolia, "2019-12-31")
    assert (at["old"]["stage"], at["old"]["inferred"]) == ("in force", True)
    assert "tacitly renewed" in at["old"]["why"]
    assert (at["new"]["stage"], at["new"]["effect"]) == ("signed", "not in force")


def test_the_treaty_of_1993_has_its_next_days_to_watch(mongolia):
    with comity.open(mongolia) as led:
        found = {
            a["kind"]: (a["first"], a["last"])
            for a in led.agreements.alerts("RUS", "MNG", on="2019-12-31", within="P4Y")
        }
    # in force at some time of 1993, but not before its signature on 20 January
    assert found == {"notice_deadline": ("2022-01-20", "2022-12-31"), "term_end": ("2023-01-20", "2023-12-31")}


def test_after_the_exchange_the_new_treaty_is_in_force_without_term_and_the_old_one_superseded(mongolia):
    at = status_on(mongolia, "2020-09-22")
    assert (at["new"]["stage"], at["new"]["duration"], at["new"]["term_end"]) == ("in force", "indefinite", None)
    assert "art. 56" in at["new"]["note"]
    assert (at["old"]["effect"], at["old"]["reason"], at["old"]["inferred"]) == ("ended", "superseded", True)
    assert at["old"]["ended"] == "2020-09-21"


def test_the_vote_of_the_duma_is_russias_own_step(mongolia):
    at = status_on(mongolia, "2020-07-01")
    assert at["new"]["consent"] == "MNG: signed, RUS: approved internally"
    assert at["new"]["effect"] == "not in force"


def test_on_the_day_of_the_announcement_only_the_announcement_was_known(mongolia):
    at = status_on(mongolia, "2020-09-22", known="2019-09-02")
    assert list(at) == ["new"]
    assert at["new"]["stage"] == "proposed"


def test_what_was_known_at_the_end_of_2019_holds_no_act_of_2020(mongolia):
    at = status_on(mongolia, "2020-12-31", known="2019-12-31")
    assert at["new"]["stage"] == "signed"
    assert at["old"]["stage"] == "in force"


def test_the_dossier_reports_it_on_one_page_with_sources(mongolia):
    with comity.open(mongolia) as led:
        made = led.dossier("RUS", "MNG", on="2020-09-22")
    assert "1 agreement in force, 0 pending and 1 ended" in made.summary
    headings = [s.heading for s in made.sections]
    assert headings[:2] == ["In force", "Ended"]
    assert all(line.sources and line.sources[0].quote for s in made.sections for line in s.lines)


def test_the_dossier_of_the_day_of_the_announcement_knows_no_signature(mongolia):
    with comity.open(mongolia) as led:
        text = led.dossier_as("text", "RUS", "MNG", on="2020-09-22", known="2019-09-02")
    assert "signed" not in text.replace("will sign", "")
    assert "proposed" in text


def test_eight_reports_of_a_signing_are_one_agreement_and_one_signing(eight):
    with comity.open(eight) as led:
        agreements = list(led.agreements("RUS", "MNG", on="2019-12-31"))
        signings = [e for e in led.events("RUS", "MNG") if (e["event"], e["status"]) == ("SUPPORT", "occurred")]
    assert [a["stage"] for a in agreements] == ["signed"]
    assert len(signings) == 1
    assert signings[0]["date"] == "2019-09-03"


def test_copies_of_one_agencys_report_count_as_one_source(eight):
    with comity.open(eight) as led:
        (agreement,) = led.agreements("RUS", "MNG", on="2019-12-31")
        signing = next(e for e in led.events("RUS", "MNG") if (e["event"], e["status"]) == ("SUPPORT", "occurred"))
    assert agreement["independent"] == 6
    assert (signing["statements"], signing["independent"]) == (7, 5)


def test_what_brings_a_treaty_into_force_is_read_and_reckoned_with(tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(
        "Kenya and Uganda sign transit treaty\n\n"
        "NAIROBI, 4 May 2018 - Kenya and Uganda signed a treaty on transit in Kampala on Friday. "
        "The treaty will enter into force 30 days after signature.\n"
    )
    with comity.open(tmp_path / "l.duckdb") as led:
        led.add([report])
        (before,) = led.agreements("KEN", "UGA", on="2018-05-20")
        (after,) = led.agreements("KEN", "UGA", on="2018-07-01")
    assert before["effect"] == "not in force"
    assert (after["effect"], after["inferred"]) == ("in force", True)
