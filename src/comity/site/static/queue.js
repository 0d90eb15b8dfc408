// The editor's queue by keyboard: what is judged is sent in turn, and the next fact is there at once.

const items = [...document.querySelectorAll("#queue article")];
const said = document.getElementById("said");
const named = document.getElementById("signed");
const KEPT = "comity-signed";
let at = -1;
let last = null;
let sending = Promise.resolve();

function kept(name) {
  // a browser may keep nothing; then the name is typed once a page
  try {
    if (name !== undefined) localStorage.setItem(KEPT, name);
    return localStorage.getItem(KEPT) || "";
  } catch {
    return "";
  }
}

function sign(name) {
  document.querySelectorAll('input[name="signed"]').forEach((field) => {
    if (field.value !== name) field.value = name;
  });
}

function go(to) {
  if (to < 0 || to >= items.length) return;
  if (at >= 0) items[at].classList.remove("now");
  at = to;
  items[at].classList.add("now");
  items[at].focus({ preventScroll: true });
  items[at].scrollIntoView({ block: "nearest" });
}

function next() {
  const open = items.findIndex((item, n) => n > at && !item.classList.contains("judged"));
  const first = open >= 0 ? open : items.findIndex((item) => !item.classList.contains("judged"));
  if (first >= 0) go(first);
  else {
    said.textContent = "All of these are judged.";
    document.getElementById("more").focus();
  }
}

function count(by) {
  const bar = document.getElementById("done");
  bar.value += by;
  document.getElementById("judged").textContent = bar.value.toLocaleString("en");
  document.getElementById("left").textContent = (bar.max - bar.value).toLocaleString("en");
}

function judge(item, verdict) {
  const form = item.querySelector("form.judge");
  if (!form) return;
  const fields = new URLSearchParams(new FormData(form));
  if (!fields.get("signed").trim()) {
    said.textContent = "Type your name first: a judgement is signed.";
    named.focus();
    return;
  }
  fields.set("verdict", verdict);
  fields.delete("back");
  const words = verdict === "correct" ? `corrected: ${fields.get("field")} = ${fields.get("value")}` : { accept: "accepted", reject: "rejected" }[verdict];
  const again = item.dataset.judged === "1";
  mark(item, words);
  if (!again) count(1);
  last = item;
  next();
  // one after the other: a ledger has one writer at a time
  sending = sending.then(() => send(item, fields, again));
}

async function send(item, fields, again) {
  let wrong = "the server does not answer";
  try {
    const answer = await fetch("/judge.json", { method: "POST", body: fields, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.ok) {
      item.dataset.judged = "1";
      return;
    }
    wrong = (await answer.json()).detail;
  } catch (error) {
    wrong = `${wrong} (${error.message})`;
  }
  unmark(item);
  if (!again) count(-1);
  said.textContent = `Not kept: ${wrong}`;
  go(items.indexOf(item));
}

function mark(item, words) {
  item.classList.add("judged");
  const line = item.querySelector(".verdict");
  line.textContent = words;
  line.hidden = false;
  said.textContent = `${item.querySelector("h2").textContent}: ${words}`;
}

function unmark(item) {
  item.classList.remove("judged");
  item.querySelector(".verdict").hidden = true;
}

if (items.length) {
  if (named.value) kept(named.value);
  sign(named.value || kept());
  document.addEventListener("input", (event) => {
    if (event.target.name !== "signed") return;
    kept(event.target.value);
    sign(event.target.value);
  });
  document.addEventListener("submit", (event) => {
    const item = event.target.closest("#queue article");
    if (!item) return;
    event.preventDefault();
    judge(item, event.submitter ? event.submitter.value : "correct");
  });
  document.addEventListener("focusin", (event) => {
    const item = event.target.closest("#queue article");
    if (item && items.indexOf(item) !== at) {
      if (at >= 0) items[at].classList.remove("now");
      at = items.indexOf(item);
      item.classList.add("now");
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest("input, select, textarea");
    if (field) {
      if (event.key === "Escape") {
        event.preventDefault();
        if (at >= 0) items[at].focus();
        else field.blur();
      } else if (event.key === "Enter" && field.closest("p.correct")) {
        event.preventDefault();
        judge(items[at], "correct");
      }
      return;
    }
    const keys = {
      j: () => go(at + 1),
      k: () => go(at - 1),
      a: () => at >= 0 && judge(items[at], "accept"),
      r: () => at >= 0 && judge(items[at], "reject"),
      c: () => at >= 0 && items[at].querySelector('select[name="field"]')?.focus(),
      o: () => at >= 0 && items[at].querySelector("a.report").click(),
      u: () => {
        if (!last) return;
        unmark(last);
        go(items.indexOf(last));
        said.textContent = "Judge it anew: the later judgement counts.";
      },
    };
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  if (document.querySelector("#queue form.judge")) go(0);
}
