"""What keeps the page safe: hosts, token, limits, the policy of what may run, cells that are no formulas."""

import re
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from comity.site.answer import guarded


def test_only_this_machines_names_are_answered(site):
    assert site.get("/", host="evil.example").status == 421
    assert site.get("/", host=f"localhost:{site.port}").status == 200


def test_every_answer_forbids_what_is_not_the_servers_own(site):
    for path in ("/", "/dyad/RUS/MNG", "/nothing", "/index.json", "/static/site.css"):
        policy = site.get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy


def test_no_page_holds_a_script_a_style_or_a_handler_in_itself(site):
    for path in ("/", "/dyad/RUS/MNG", "/states", "/state/MNG", "/agreements", "/map", "/network", "/coverage", "/try"):
        text = site.get(path).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", text), path
        # the citation names this very server
        assert "http://" not in re.sub(r'xmlns="http://www.w3.org/2000/svg"|http://127\.0\.0\.1:\d+', "", text), path


def test_a_body_over_the_limit_is_refused_whether_or_not_it_says_so(site):
    assert site.post("/try", "text=" + "a" * 300_000).status == 413
    assert site.ask("POST", "/try", b"text=a", {"content-length": "999999999"}).status == 413


def test_a_form_of_another_site_is_refused(site):
    assert site.post("/try", "text=hello", origin="https://evil.example").status == 403


def test_nothing_is_judged_without_the_token(site):
    answer = site.post("/judge", "key=fact:event:0&verdict=reject&signed=X")
    assert answer.status == 403
    page = site.get("/dyad/RUS/MNG").text
    assert 'action="/judge"' not in page


def test_the_token_lets_a_person_judge_and_the_page_shows_it(own_site, token):
    wrong = own_site.post("/enter", "token=guess")
    assert wrong.status == 403
    cookie = own_site.post("/enter", f"token={token}").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert token not in cookie
    held = cookie.partition(";")[0]
    row = own_site.get("/dyad/RUS/MNG.json?kind=event").json()["chronicle"]["rows"][0]
    assert 'action="/judge"' in own_site.get(f"/fact/{row['id']}", cookie=held).text
    done = own_site.post("/judge", f"key={row['id']}&verdict=reject&signed=A.+Reader&note=twice", cookie=held)
    assert (done.status, done.headers["location"]) == (303, f"/fact/{row['id']}")
    ids = [r["id"] for r in own_site.get("/dyad/RUS/MNG.json?kind=event").json()["chronicle"]["rows"]]
    assert row["id"] not in ids
    assert "A. Reader: twice" in own_site.get(f"/fact/{row['id']}").text
    bearer = {"authorization": f"Bearer {token}"}
    again = own_site.post("/judge", f"key={row['id']}&verdict=accept&signed=B", **bearer)
    assert again.status == 303
    assert (
        own_site.post("/judge", f"key={row['id']}&verdict=correct&signed=B&field=date&value=never", **bearer).status
        == 400
    )


def test_elsewhere_than_on_this_machine_a_token_is_needed(asia, serve, token):
    command = [sys.executable, "-m", "comity.cli", "serve", str(asia), "--host", "0.0.0.0", "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "set a token" in done.stderr) == (1, True)
    short = subprocess.run([*command, "--token", "short"], capture_output=True, text=True, timeout=60, check=False)
    assert (short.returncode, "too short" in short.stderr, "http:" in short.stderr) == (1, True, False)
    with serve(asia, "--host", "0.0.0.0", "--token", token) as server:
        assert server.get("/index.json").status == 401
        assert server.get("/index.json", authorization=f"Bearer {token}").status == 200
        assert server.get("/enter").status == 200
        assert server.get("/", host="evil.example", authorization=f"Bearer {token}").status == 421


def test_a_taken_port_is_said_with_the_way_out(asia, site):
    command = [sys.executable, "-m", "comity.cli", "serve", str(asia), "--port", str(site.port)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "choose another with --port" in done.stderr) == (1, True)


@given(st.text(min_size=1))
def test_no_cell_is_a_formula(text):
    cell = guarded(text)
    assert cell.endswith(text)
    assert cell[0] not in "=+-@\t\r"


def test_numbers_stay_numbers():
    assert guarded(-10.0) == -10.0
