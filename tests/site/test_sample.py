"""The sample that is shown where no ledger is given."""

from urllib.parse import urlsplit

import comity
from comity.site.sample import sample_ledger


def test_the_sample_is_sound_small_and_covers_russia_and_mongolia(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = sample_ledger()
    assert path.parent.parent == tmp_path
    with comity.open(path) as led:
        assert led.check() == []
        assert led.counts()["documents"] > 200
        made = led.dossier("RUS", "MNG", on="2020-12-31")
        stages = {a["title"].lower(): a["stage"] for a in led.agreements("RUS", "MNG", on="2020-12-31")}
    assert made.counts["agreements in force"] >= 2
    assert stages["treaty on friendly relations and comprehensive strategic partnership"] == "in force"
    assert {"events", "visits of RUS", "visits of MNG"} <= {k for k, v in made.counts.items() if v}
    assert sample_ledger() == path


def test_every_text_in_it_is_our_own_and_of_an_imagined_outlet(sample):
    with comity.open(sample) as led:
        rows = led.rows("SELECT d.id, o.place FROM document d JOIN origin o ON o.document = d.key", [])
    hosts = {urlsplit(place).hostname for _, place in rows}
    assert all(name.startswith("sample:") for name, _ in rows)
    assert len(hosts) == 8
    assert all(host.endswith(".example") for host in hosts)


def test_without_a_ledger_the_sample_is_served(tmp_path, monkeypatch, serve):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with serve(None) as server:
        assert "Mongolia and Russia" in server.get("/").text
