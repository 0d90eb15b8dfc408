"""`comity watch`: feeds and folders are looked at, what is new is added, what changed is shown."""

import hashlib
import json
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

import comity
from comity.errors import ForbiddenError, InputError, RestingError
from comity.settings import Settings
from comity.watch.courtesy import Courtesy
from comity.watch.round import run as go
from comity.watch.watch_list import WatchList, watch_list


def documents(ledger: Path) -> list[tuple[str, str]]:
    with comity.open(ledger) as led:
        return [(r["id"], r["place"]) for r in led.sql(
            "SELECT d.id, o.place FROM document d JOIN origin o ON o.document = d.key ORDER BY ALL"
        )]  # fmt: skip


def digest(ledger: Path) -> str:
    with comity.open(ledger) as led:
        assert led.check() == []
        return hashlib.sha256("".join(led.export()).encode()).hexdigest()


def test_twenty_feeds_are_read_once_and_afterwards_only_asked_whether_they_changed(twenty, plan, run, tmp_path):
    listed = plan(twenty, dyads=[["Kenya", "Uganda"]])
    first = run("watch", listed)
    assert first.returncode == 0, first.stderr
    # every article is in the ledger once, under its own address
    found = documents(tmp_path / "watch.duckdb")
    articles = [twenty.address + p for p in twenty.pages if p.startswith("/a/")]
    assert sorted(p for _, p in found) == sorted(articles)
    assert len({key for key, _ in found}) == len(articles)
    # one at a time, the rules of the host first and only once, and nothing that they close
    assert twenty.most_at_once == 1
    assert twenty.paths()[0] == "/robots.txt"
    assert twenty.paths().count("/robots.txt") == 1
    assert not any(p.startswith("/closed/") for p in twenty.paths())
    assert "left out: " in first.stderr
    assert "/closed/secret.html: is disallowed by " in first.stderr
    # what changed is shown for the watched dyad alone, with its sentence
    assert "Kenya and Uganda (" in first.stdout
    assert "Chile" not in first.stdout
    assert "“Kenya and Uganda signed a fisheries agreement in city number 0 on Monday" in first.stdout

    twenty.asked.clear()
    again = run("watch", listed)
    assert again.returncode == 0, again.stderr
    assert sorted(twenty.paths(304)) == sorted(twenty.feeds)
    assert [p for p in twenty.paths() if p in twenty.pages] == []
    assert "20 feeds, 20 of them unchanged; 0 added, 0 duplicate" in again.stderr
    assert again.stdout.splitlines()[1] == "nothing new"
    assert documents(tmp_path / "watch.duckdb") == found

    # a new article in one feed: that one alone is fetched, and its change alone shown
    twenty.asked.clear()
    text = "Kenya and Uganda signed a tax treaty in Kampala on Friday."
    twenty.publish("/feeds/00.xml", "/a/late.html", "Kenya and Uganda sign", text, "Fri, 26 May 2023 09:00:00 GMT")
    third = run("watch", listed)
    assert [p for p in twenty.paths(200) if p in twenty.pages] == ["/a/late.html"]
    assert len(twenty.paths(304)) == 19
    assert "tax treaty in Kampala" in third.stdout
    assert "fisheries" not in third.stdout


def test_a_watch_killed_in_the_middle_goes_on_and_nothing_is_doubled(twenty, plan, run, tmp_path):
    whole = plan(twenty, name="whole")
    assert run("watch", whole).returncode == 0
    right = digest(tmp_path / "whole.duckdb")

    killed = plan(twenty, name="killed")
    twenty.asked.clear()
    twenty.slow = Event()  # each article takes a while, so that there is a middle
    process = run("watch", killed, wait=False)
    until = time.monotonic() + 240
    while len([p for p in twenty.paths() if p in twenty.pages]) < 15 and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    before = len([p for p in twenty.paths() if p in twenty.pages])
    there = documents(tmp_path / "killed.duckdb")
    assert 0 < len(there) < 40

    twenty.slow.set()
    while twenty.at_once and time.monotonic() < until:
        time.sleep(0.02)  # what the killed one had asked for is answered first
    twenty.asked.clear()
    done = run("watch", killed, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert digest(tmp_path / "killed.duckdb") == right
    # what was stored is not fetched again, and what the kill cut off is
    fetched = [twenty.address + p for p in twenty.paths() if p in twenty.pages]
    assert not set(fetched) & {place for _, place in there}
    assert len(fetched) == 40 - len(there)
    assert before >= 15
    # what the killed one added was never shown: it is shown now
    shown = {c["url"] for g in json.loads(done.stdout)["groups"] for c in g["changes"]}
    assert {place for _, place in there} <= shown


def test_private_addresses_are_refused_unless_the_list_allows_them(twenty, plan, run, tmp_path):
    listed = plan(twenty, private_addresses=False)
    done = run("watch", listed)
    assert done.returncode == 1
    assert "which is not on the public internet, and is not fetched" in done.stderr
    assert twenty.asked == []
    # as `comity read` refuses the same address
    read = run("read", twenty.address + "/a/00-0.html")
    assert read.returncode == 1
    assert "which is not on the public internet, and is not fetched" in read.stderr
    assert not (tmp_path / "watch.duckdb").exists()


def test_an_article_that_fails_is_asked_for_again_in_the_next_round(press, plan, run, tmp_path):
    text = "Ghana and Togo signed a customs agreement in Accra on Monday, officials of both countries said."
    press.publish("/f.xml", "/a/1.html", "Ghana and Togo", text, "Mon, 01 May 2023 09:00:00 GMT")
    press.broken.add("/a/1.html")
    listed = plan(press)
    first = run("watch", listed)
    assert first.returncode == 1
    assert "/a/1.html: answers with HTTP status 503" in first.stderr
    press.broken.clear()
    second = run("watch", listed)
    assert second.returncode == 0, second.stderr
    assert "customs agreement in Accra" in second.stdout
    assert press.paths(304) == ["/f.xml"]


def test_a_host_that_says_when_to_come_back_is_left_alone_until_then(press, plan, run, tmp_path):
    for n in (1, 2):
        text = f"Ghana and Togo signed customs agreement number {n} in Accra on Monday, officials of both said."
        press.publish("/f.xml", f"/a/{n}.html", f"Ghana and Togo {n}", text, "Mon, 01 May 2023 09:00:00 GMT")
    press.broken.add("/a/2.html")
    press.retry_after = "3600"
    listed = plan(press)
    first = run("watch", listed)
    # the host is not failing: it is busy, and the article that it did not give is no lost one
    assert first.returncode == 0, first.stderr
    assert f"later: {press.address}/a/2.html: answers with HTTP status 503: {press.address} asks to be" in first.stderr
    assert "/a/1.html" not in press.paths()
    press.broken.clear()
    press.asked.clear()
    second = run("watch", listed)
    assert press.paths() == []
    assert f"later: {press.address}/f.xml: is not requested" in second.stderr
    # an hour later, which the memory is reported of
    memory = tmp_path / "watch.duckdb.watch.json"
    held = json.loads(memory.read_text(encoding="utf-8"))
    held["resting"] = dict.fromkeys(held["resting"], "2023-05-01T10:00:00+00:00")
    memory.write_text(json.dumps(held), encoding="utf-8")
    third = run("watch", listed)
    assert third.returncode == 0, third.stderr
    assert sorted(p for p in press.paths(200) if p in press.pages) == ["/a/1.html", "/a/2.html"]
    assert len(documents(tmp_path / "watch.duckdb")) == 2


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120), ("Mon, 01 May 2023 10:00:00 GMT", 3600), ("999999999999", 7200), ("soon", None), ("0", None)],
)
def test_a_host_may_ask_for_a_rest_in_seconds_or_by_a_date_and_for_no_longer_than_the_setting(press, header, seconds):
    press.publish("/f.xml", "/a/1.html", "Ghana", "Ghana and Togo met.", "Mon, 01 May 2023 09:00:00 GMT")
    press.broken.add("/f.xml")
    press.retry_after = header
    now = datetime(2023, 5, 1, 9, tzinfo=UTC)
    limits = Settings(private_addresses=True, watch_pause_seconds=0, watch_rest_hours=2)
    courtesy = Courtesy(limits, now=lambda: now)
    with pytest.raises(InputError, match="answers with HTTP status 503"):
        courtesy.fetch(press.address + "/f.xml")
    rests = courtesy.resting.get(press.address)
    assert rests == (seconds and (now + timedelta(seconds=seconds)).isoformat(timespec="seconds"))
    if seconds:
        asked = len(press.asked)
        with pytest.raises(RestingError, match="asks to be left alone until"):
            courtesy.fetch(press.address + "/a/1.html")
        assert len(press.asked) == asked


def test_a_host_whose_robots_txt_fails_is_not_asked_for_anything_else(press, plan, run):
    press.publish("/f.xml", "/a/1.html", "Ghana and Togo", "Ghana and Togo met.", "Mon, 01 May 2023 09:00:00 GMT")
    press.broken.add("/robots.txt")
    done = run("watch", plan(press))
    assert done.returncode == 1
    assert "/robots.txt answers with HTTP status 503" in done.stderr
    assert press.paths() == ["/robots.txt"]


def test_wildcards_of_a_robots_txt_count_and_a_host_without_one_is_open(press, plan, run):
    for path in ("/a/print/1.html", "/a/2.html"):
        text = f"Ghana and Togo signed a customs agreement in Accra on Monday ({path}), officials of both said."
        press.publish("/f.xml", path, path, text, "Mon, 01 May 2023 09:00:00 GMT")
    press.robots = "User-agent: comity\nDisallow: /*/print/\n\nUser-agent: *\nDisallow: /\n"
    listed = plan(press)
    assert run("watch", listed).returncode == 0
    assert press.paths(200) == ["/robots.txt", "/f.xml", "/a/2.html"]
    press.robots = None
    press.asked.clear()
    assert run("watch", plan(press, name="open")).returncode == 0
    assert set(press.paths(200)) == {"/f.xml", "/a/print/1.html", "/a/2.html"}


def test_files_of_a_folder_are_added_once_and_what_changed_of_them_again(press, plan, run, tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "one.txt").write_text(
        "Nairobi, 2 May 2023\n\nKenya and Uganda signed a rail agreement in Nairobi on Tuesday."
    )
    listed = plan(press, folders=["inbox"])
    assert "rail agreement" in run("watch", listed).stdout
    (inbox / "two.txt").write_text(
        "Lima, 3 May 2023\n\nChile and Peru signed a fishing agreement in Lima on Wednesday."
    )
    second = run("watch", listed)
    assert "fishing agreement" in second.stdout
    assert "rail agreement" not in second.stdout
    assert "1 added, 0 duplicate" in second.stderr


def test_every_so_often_a_watch_looks_again(press, plan, run, tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    listed = plan(press, folders=["inbox"])
    process = run("watch", listed, "--every", "1s", wait=False)
    try:
        assert process.stdout.readline().decode().startswith("Changes for the watched dyads")
        (inbox / "a.part").write_text(
            "Lima, 3 May 2023\n\nChile and Peru signed a fishing agreement in Lima on Wednesday."
        )
        (inbox / "a.part").rename(inbox / "a.txt")
        until = time.monotonic() + 60
        lines: list[str] = []
        while time.monotonic() < until and not any("fishing agreement" in line for line in lines):
            lines.append(process.stdout.readline().decode())
        assert any("fishing agreement" in line for line in lines)
    finally:
        process.kill()
        process.communicate()


def test_two_watches_of_one_ledger_do_not_stand_in_each_others_way(press, plan, run, tmp_path):
    from comity.watch.memory import alone

    listed = plan(press, folders=["."])
    with alone(tmp_path / "watch.duckdb"):
        done = run("watch", listed)
    assert done.returncode == 1
    assert "is being watched by another process" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ledger = ", "is not TOML"),
        ('feeds = ["https://example.org/f"]', "names no ledger"),
        ('ledger = "l.duckdb"', "names neither feeds nor folders"),
        ('ledger = "l.duckdb"\nfeed = ["https://example.org/f"]', "'feed' is not a key of a watch list"),
        ('ledger = "l.duckdb"\nfeeds = ["ftp://example.org/f"]', "is not an http or https address"),
        ('ledger = "l.duckdb"\nfolders = ["a"]\ndyads = [["RUS"]]', "is not a pair of states"),
        ('ledger = "l.duckdb"\nfolders = ["a"]\ndyads = [["RUS", "Mongoliaa"]]', "Mongolia"),
        ('ledger = "l.duckdb"\nfolders = ["a"]\ndyads = [["RUS", "Soviet Union"]]', "is a single state; name two"),
        ('ledger = "l.duckdb"\nfolders = ["a"]\npause_seconds = -1', "must be a number of seconds"),
    ],
)
def test_a_watch_list_that_cannot_be_is_refused_with_the_way_out(tmp_path, text, said):
    path = tmp_path / "watch.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=str(path)) as error:
        watch_list(path)
    assert said in str(error.value)


def test_a_damaged_memory_is_named_and_removing_it_adds_nothing_twice(press, plan, run, tmp_path):
    text = "Ghana and Togo signed a customs agreement in Accra on Monday, officials of both countries said."
    press.publish("/f.xml", "/a/1.html", "Ghana and Togo", text, "Mon, 01 May 2023 09:00:00 GMT")
    listed = plan(press)
    assert run("watch", listed).returncode == 0
    memory = tmp_path / "watch.duckdb.watch.json"
    memory.write_text("{", encoding="utf-8")
    done = run("watch", listed)
    assert done.returncode == 1
    assert "is not a valid watch state" in done.stderr
    memory.unlink()
    press.asked.clear()
    assert run("watch", listed).returncode == 0
    assert len(documents(tmp_path / "watch.duckdb")) == 1
    assert "/a/1.html" not in press.paths()


def test_a_time_between_rounds_that_is_none_is_wrong_usage(press, plan, run):
    done = run("watch", plan(press, folders=["."]), "--every", "soon")
    assert done.returncode == 2
    assert "write 30m, 2h or 1d" in done.stderr


def test_hosts_are_asked_no_faster_than_the_settings_and_their_robots_txt_say(press):
    press.publish("/f.xml", "/a/1.html", "Ghana", "Ghana and Togo met.", "Mon, 01 May 2023 09:00:00 GMT")
    press.robots = "User-agent: *\nCrawl-delay: 7\n"

    def pauses(**limits):
        waited: list[float] = []
        courtesy = Courtesy(Settings(private_addresses=True, **limits), waited.append)
        for path in ("/f.xml", "/a/1.html"):
            courtesy.before(press.address + path)
        return waited

    assert all(6 < w <= 7 for w in pauses(watch_pause_seconds=2))
    assert all(8 < w <= 9 for w in pauses(watch_pause_seconds=9))
    with pytest.raises(ForbiddenError, match="requires 7 s between requests, and a watch waits at most 5 s"):
        pauses(watch_delay_seconds=5)


def test_so_many_articles_of_a_feed_are_read_in_a_round_and_one_that_fails_is_tried_so_often(press, tmp_path):
    for n in range(3):
        text = f"Ghana and Togo signed customs agreement number {n} in Accra on Monday, officials of both said."
        press.publish("/f.xml", f"/a/{n}.html", f"Ghana and Togo {n}", text, "Mon, 01 May 2023 09:00:00 GMT")
    press.broken.add("/a/1.html")
    limits = Settings(private_addresses=True, watch_pause_seconds=0, watch_articles=2, watch_tries=2)
    listed = WatchList(ledger=tmp_path / "l.duckdb", feeds=(press.address + "/f.xml",), settings=limits)
    with comity.open(listed.ledger, settings=limits) as led:
        for _ in range(5):
            go(listed, led, lambda _: None)
    asked = [p for p in press.paths() if p in press.pages]
    assert len([p for p in asked if p == "/a/1.html"]) == 2
    assert sorted(set(asked)) == ["/a/0.html", "/a/1.html", "/a/2.html"]
    assert len(asked) == 4
    # the feed is called unchanged only once nothing of it is left
    assert press.paths(200).count("/f.xml") == 2
    assert len(documents(listed.ledger)) == 2
