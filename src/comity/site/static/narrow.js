// What a narrow screen has otherwise: facets are folded away, and the acts of an agreement are drawn for the width.

import { redrawn } from "./redrawn.js";

function fold(form) {
  const wide = matchMedia("(min-width: 901px)");
  const box = document.createElement("details");
  box.className = "folded";
  const words = document.createElement("summary");
  words.textContent = "Choose";
  form.before(box);
  box.append(words, form);
  const set = () => (box.open = wide.matches);
  wide.addEventListener("change", set);
  set();
}

const WHOLE = 1000;
const ROW = 62;

// The three axes one under the other, each with its name over it.
function acts(figure) {
  const svg = figure.querySelector("svg.axes");
  const room = figure.clientWidth;
  if (!svg.dataset.box) svg.dataset.box = svg.getAttribute("viewBox");
  const narrow = room < 1100; // less than its own width: letters would be drawn smaller than they are
  const of = (e, key) => (e.dataset[key] ??= e.getAttribute(key));
  const put = (e, places) => Object.entries(places).forEach(([key, value]) => e.setAttribute(key, narrow ? value : of(e, key)));
  const x = (at) => 10 + (Number(at) / WHOLE) * (room - 20);
  const kinds = ["text", "consent", "effect"];
  const line = (n) => 34 + ROW * n;
  const remember = (e, keys) => keys.forEach((key) => of(e, key));
  svg.querySelectorAll(".axis-name").forEach((e, n) => (remember(e, ["x", "y"]), put(e, { x: 0, y: line(n) - 17 })));
  svg.querySelectorAll("line").forEach((e, n) => (remember(e, ["x1", "x2", "y1", "y2"]), put(e, { x1: 10, x2: room - 10, y1: line(n), y2: line(n) })));
  svg.querySelectorAll(".point").forEach((g) => {
    const n = kinds.findIndex((kind) => g.classList.contains(kind));
    const c = g.querySelector("circle");
    remember(c, ["cx", "cy"]);
    put(c, { cx: x(c.dataset.cx), cy: line(n) });
  });
  svg.querySelectorAll(":scope > text:not(.axis-name)").forEach((e) => {
    remember(e, ["x", "y"]);
    put(e, { x: x(e.dataset.x), y: line(2) + 30 });
  });
  svg.setAttribute("viewBox", narrow ? `0 0 ${room} ${line(2) + 40}` : svg.dataset.box);
  svg.classList.toggle("drawn", narrow);
}

document.querySelectorAll("form.facets").forEach(fold);
redrawn("figure:has(> svg.axes)", acts);
