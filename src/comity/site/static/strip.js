// The strip chart in the hand: a slider and a brush drive all four lanes, filters apply at once, the address holds it all.
// The server draws; this asks it for another view.

import "./drawer.js";
import { prepare } from "./marks.js";

const lanes = document.getElementById("lanes");
const filters = document.getElementById("filters");
const DAY = 86400000;
let asked = null;
let begun = false;

const iso = (day) => new Date(day).toISOString().slice(0, 10);
const time = (text) => Date.parse(`${text}T00:00:00Z`);

function address(ending, more) {
  const query = new URLSearchParams(location.search);
  query.delete("fact");
  for (const [key, value] of Object.entries(more)) query.set(key, value);
  return `${lanes.dataset.address}${ending}?${query}`;
}

function width() {
  return Math.max(280, Math.round(lanes.clientWidth));
}

async function ask(url) {
  if (asked) asked.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(url, { signal: asked.signal });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  } catch (error) {
    if (error.name === "AbortError") return null;
    throw error;
  }
}

async function redraw() {
  lanes.classList.add("busy");
  const page = await ask(address("", { part: "lanes", width: width() }));
  if (page) {
    // the headline counts the days that the strip shows
    const headline = page.getElementById("headline");
    if (headline) document.getElementById("headline").replaceWith(headline);
    const open = lanes.querySelector(".legend-box")?.open;
    lanes.replaceChildren(...page.body.childNodes);
    if (open !== undefined) lanes.querySelector(".legend-box").open = open;
    fill();
    lanes.classList.remove("busy");
    begin();
  }
}

// the fields above the strip say what the address says
function fill() {
  const query = new URLSearchParams(location.search);
  for (const name of ["from", "to"]) if (filters) filters.elements[name].value = query.get(name) || "";
}

async function preview(first, last) {
  const page = await ask(address("", { part: "lanes", width: width(), from: first, to: last }));
  const chart = page && page.querySelector(".chart svg");
  if (chart) lanes.querySelector(".chart svg").replaceWith(chart);
}

function choose(changed, keep) {
  const url = new URL(location.href);
  url.searchParams.delete("page");
  for (const [key, value] of Object.entries(changed)) {
    url.searchParams.delete(key);
    for (const one of [value].flat()) if (one) url.searchParams.append(key, one);
  }
  history[keep ? "replaceState" : "pushState"](null, "", url);
  return redraw();
}

function slider() {
  const box = lanes.querySelector(".slider");
  if (!box || !window.d3) return;
  const drawn = box.querySelector("svg");
  const [left, right, high] = [+drawn.dataset.left, +drawn.dataset.right, +drawn.dataset.height];
  const whole = [time(box.dataset.first), time(box.dataset.last)];
  const scale = d3.scaleUtc(whole, [left, right]);
  const now = [time(box.dataset.from), time(box.dataset.to)].map((d) => Math.min(right, Math.max(left, scale(d))));
  let waiting = null;
  const brush = d3
    .brushX()
    .extent([[left, 0], [right, high]])
    .handleSize(12)
    .on("brush", ({ selection, sourceEvent }) => {
      if (!sourceEvent || !selection) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => preview(...selection.map((x) => iso(scale.invert(x)))), 40);
    })
    .on("end", ({ selection, sourceEvent }) => {
      if (!sourceEvent) return;
      clearTimeout(waiting);
      const [from, to] = selection ? selection.map((x) => iso(scale.invert(x))) : ["", ""];
      choose({ from, to });
    });
  const group = d3.select(drawn).append("g").attr("class", "brush").call(brush);
  if (now[0] > left + 0.5 || now[1] < right - 0.5) group.call(brush.move, now);
  box.tabIndex = 0;
  box.setAttribute("role", "slider");
  box.setAttribute("aria-label", "Days shown; arrow keys move, plus and minus zoom, Home shows those most reported on");
  box.setAttribute("aria-valuemin", "0");
  box.setAttribute("aria-valuemax", "100");
  box.setAttribute("aria-valuenow", String(Math.round((50 * (now[0] + now[1] - 2 * left)) / (right - left))));
  box.setAttribute("aria-valuetext", `${box.dataset.from} to ${box.dataset.to}`);
  box.addEventListener("keydown", (event) => {
    const days = time(box.dataset.to) - time(box.dataset.from);
    const step = Math.max(DAY, days / 10);
    let [a, b] = [time(box.dataset.from), time(box.dataset.to)];
    if (event.key === "ArrowLeft") [a, b] = [a - step, b - step];
    else if (event.key === "ArrowRight") [a, b] = [a + step, b + step];
    else if (event.key === "+" || event.key === "=") [a, b] = [a + step, b - step];
    else if (event.key === "-") [a, b] = [a - step, b + step];
    else if (event.key === "Home") {
      event.preventDefault(); // the browser would scroll to the top of the page
      return choose({ from: "", to: "" });
    }
    else return undefined;
    event.preventDefault();
    if (b - a < 7 * DAY) return undefined;
    return choose({ from: iso(Math.max(a, whole[0])), to: iso(Math.min(b, whole[1])) }, true).then(() =>
      lanes.querySelector(".slider").focus(),
    );
  });
}

function zoom() {
  const figure = lanes.querySelector(".chart");
  if (!figure) return;
  figure.addEventListener("pointerdown", (event) => {
    const chart = figure.querySelector("svg");
    if (event.button || event.target.closest("a") || event.pointerType === "touch") return;
    const { left, right, first, last } = chart.dataset;
    // where the chart lay when the drag began: it may be drawn anew meanwhile
    const screen = chart.getScreenCTM().inverse();
    const place = (e) => {
      const point = new DOMPoint(e.clientX, e.clientY).matrixTransform(screen);
      return Math.min(+right, Math.max(+left, point.x));
    };
    const scale = d3.scaleUtc([time(first), time(last)], [+left, +right]);
    const start = place(event);
    const box = d3.select(chart).append("rect").attr("class", "zoom").attr("y", 0).attr("height", chart.viewBox.baseVal.height);
    const move = (e) => box.attr("x", Math.min(start, place(e))).attr("width", Math.abs(place(e) - start));
    const end = (e) => {
      window.removeEventListener("pointermove", move);
      box.remove();
      const [a, b] = [start, place(e)].sort((x, y) => x - y);
      if (b - a > 8) choose({ from: iso(scale.invert(a)), to: iso(scale.invert(b)) });
    };
    event.preventDefault();
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end, { once: true });
  });
}

function begin() {
  const chart = lanes.querySelector(".chart svg");
  if (chart) prepare(chart);
  // on a phone the legend is there for who asks
  if (innerWidth < 760 && !begun) lanes.querySelector(".legend-box").open = false;
  begun = true;
  slider();
  zoom();
}

if (lanes) {
  begin();
  const chart = lanes.querySelector(".chart svg");
  if (chart && Math.abs(chart.viewBox.baseVal.width - width()) > 24) redraw();
  lanes.addEventListener("click", (event) => {
    const link = event.target.closest("a.many, a[data-turn]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    history.pushState(null, "", link.getAttribute("href"));
    redraw();
  });
  let resized = null;
  let before = width();
  window.addEventListener("resize", () => {
    clearTimeout(resized);
    resized = setTimeout(() => {
      if (Math.abs(before - width()) > 24) redraw();
      before = width();
    }, 200);
  });
  window.addEventListener("popstate", redraw);
}

if (filters) {
  const apply = () => {
    const given = new FormData(filters);
    // what depends on the day of the status is the whole page
    if (given.get("on") !== (new URL(location.href).searchParams.get("on") || "") || given.get("known") !== (new URL(location.href).searchParams.get("known") || "")) return filters.submit();
    const changed = { from: "", to: "", kind: [], type: [], status: [], least: "" };
    for (const key of Object.keys(changed)) changed[key] = given.getAll(key);
    if (changed.least[0] === "1") changed.least = "";
    return choose(changed);
  };
  filters.addEventListener("change", apply);
  filters.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
}
