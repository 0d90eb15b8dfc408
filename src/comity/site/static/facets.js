// Facets in the hand: a choice or a word typed is answered at once, and the counts beside each choice follow.
// The server counts; without this script the button does the same.

let asked = null;
let waiting = null;

async function apply(form, keep) {
  const url = new URL(form.action);
  for (const [key, value] of new FormData(form)) if (value) url.searchParams.append(key, value);
  if (asked) asked.abort();
  asked = new AbortController();
  const table = document.getElementById("agreements");
  table.classList.add("busy");
  let page;
  try {
    const answer = await fetch(url, { signal: asked.signal });
    // what cannot be answered is said on a page of its own
    if (!answer.ok) return location.assign(url);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch (error) {
    if (error.name === "AbortError") return undefined;
    throw error;
  }
  const fresh = page.getElementById("agreements");
  const counted = page.querySelector("form[data-live]");
  if (!fresh || !counted) return location.assign(url);
  table.replaceChildren(...fresh.childNodes);
  table.classList.remove("busy");
  renew(form, counted);
  const heading = page.querySelector("h1");
  if (heading) document.querySelector("h1").replaceChildren(...heading.childNodes);
  history[keep ? "replaceState" : "pushState"](null, "", url);
  return undefined;
}

// the fields of a facet are drawn anew with their counts; what has the focus keeps it
function renew(form, counted) {
  const at = document.activeElement;
  const held = at && form.contains(at) && at.type === "checkbox" ? [at.name, at.value] : null;
  for (const mine of [...form.querySelectorAll("fieldset[data-facet]")]) {
    const theirs = counted.querySelector(`fieldset[data-facet="${mine.dataset.facet}"]`);
    if (theirs) mine.replaceChildren(...theirs.childNodes);
    else mine.replaceChildren(mine.querySelector("legend"));
  }
  if (!held) return;
  const again = [...form.querySelectorAll(`input[name="${held[0]}"]`)].find((i) => i.value === held[1]);
  if (again) again.focus({ preventScroll: true });
}

for (const form of document.querySelectorAll("form[data-live]")) {
  form.addEventListener("change", (event) => {
    // a word that is typed is answered while it is typed
    if (event.target.type !== "search") apply(form);
  });
  form.addEventListener("input", (event) => {
    if (event.target.type !== "search") return;
    clearTimeout(waiting);
    waiting = setTimeout(() => apply(form, true), 180);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    apply(form);
  });
  window.addEventListener("popstate", () => location.reload());
}
