// The evidence drawer: opened by a mark or a row, held in the address, closed by Escape.

const drawer = document.getElementById("drawer");
let opener = null;

export function openFact(fact, from) {
  if (!drawer) return false;
  opener = from || document.activeElement;
  load(fact, true);
  return true;
}

async function load(fact, remember) {
  document.querySelectorAll(".now").forEach((e) => e.classList.remove("now"));
  // the fact as it stands on the days that the page is about
  const asked = new URLSearchParams({ part: "drawer" });
  for (const name of ["on", "known"]) {
    const day = new URLSearchParams(location.search).get(name);
    if (day) asked.set(name, day);
  }
  const answer = await fetch(`/fact/${fact}?${asked}`);
  const text = await answer.text();
  const held = new DOMParser().parseFromString(text, "text/html");
  drawer.replaceChildren(closer(), ...(answer.ok ? held.body.childNodes : [held.querySelector("main") || held.body]));
  drawer.hidden = false;
  document.querySelectorAll(`[data-fact="${CSS.escape(fact)}"]`).forEach((e) => e.classList.add("now"));
  if (remember) {
    const url = new URL(location.href);
    url.searchParams.set("fact", fact);
    history.replaceState(null, "", url);
  }
  (drawer.querySelector(".fact-heading") || drawer).focus({ preventScroll: true });
}

function closer() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "close";
  button.textContent = "Close";
  button.addEventListener("click", close);
  return button;
}

function close() {
  drawer.hidden = true;
  document.querySelectorAll(".now").forEach((e) => e.classList.remove("now"));
  const url = new URL(location.href);
  url.searchParams.delete("fact");
  history.replaceState(null, "", url);
  if (opener && opener.isConnected) opener.focus({ preventScroll: true });
}

if (drawer) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-fact]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (openFact(link.dataset.fact, link)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !drawer.hidden) close();
  });
  // the server has put it there already where the address names a fact
  if (!drawer.hidden) drawer.prepend(closer());
}
