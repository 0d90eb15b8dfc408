// Reports a month by outlet, drawn with Observable Plot from the page's own JSON.

import { redrawn } from "./redrawn.js";

async function draw(figure) {
  const { months, outlets } = await fetch(figure.dataset.plot).then((r) => r.json());
  if (!months.length) return;
  const shown = new Set(outlets.slice(0, 6).map(([name]) => name));
  const rows = d3.rollups(months, (v) => d3.sum(v, (d) => d.documents), (d) => d.month, (d) => (shown.has(d.outlet) ? d.outlet : "all others"));
  const flat = rows.flatMap(([month, held]) => held.map(([outlet, documents]) => ({ month: new Date(`${month}-01T00:00:00Z`), outlet, documents })));
  show(figure, bars(...byRoom(flat, figure)));
}

// where a month would be thinner than two pixels, reports are counted by year
function byRoom(flat, figure) {
  const [first, last] = d3.extent(flat, (d) => d.month);
  const wide = figure.clientWidth / Math.max(1, d3.utcMonth.count(first, last));
  if (wide >= 2) return [flat, figure, { x: "month", y: "documents", facet: "outlet", interval: "month" }];
  const years = d3.rollups(flat, (v) => d3.sum(v, (d) => d.documents), (d) => d.outlet, (d) => d.month.getUTCFullYear())
    .flatMap(([outlet, held]) => held.map(([year, documents]) => ({ year: new Date(Date.UTC(year, 0, 1)), outlet, documents })));
  return [years, figure, { x: "year", y: "documents", facet: "outlet", interval: "year" }];
}

async function drawSets(figure) {
  const { set_years: years } = await fetch(figure.dataset.sets).then((r) => r.json());
  if (!years.length) return;
  const flat = d3.rollups(years, (v) => d3.sum(v, (d) => d.rows), (d) => d.set, (d) => d.year)
    .flatMap(([set, held]) => held.map(([year, rows]) => ({ year: new Date(Date.UTC(year, 0, 1)), set, rows })));
  show(figure, bars(flat, figure, { x: "year", y: "rows", facet: "set", interval: "year" }));
}

function bars(flat, figure, { x, y, facet, interval }) {
  return Plot.plot({
    className: "coverage-plot",
    width: Math.max(260, figure.clientWidth),
    height: 40 + 78 * new Set(flat.map((d) => d[facet])).size,
    marginLeft: 40,
    marginRight: 16,
    x: { type: "utc", label: null, grid: true },
    y: { label: null, ticks: 3 },
    fy: { label: null, axis: null, padding: 0.35 },
    marks: [
      Plot.rectY(flat, { x, interval, y, fy: facet, fill: "currentColor", fillOpacity: 0.55 }),
      Plot.text([...new Set(flat.map((d) => d[facet]))], { fy: (d) => d, text: (d) => d, frameAnchor: "top-left", dy: -15, fontWeight: 600 }),
      Plot.ruleY([0]),
    ],
  });
}

function show(figure, chart) {
  // Plot writes a style element into its drawing, which the page's policy forbids: the sheet holds the same rules
  chart.querySelectorAll("style").forEach((style) => style.remove());
  chart.querySelectorAll("g[aria-label]").forEach((g) => g.removeAttribute("aria-label"));
  chart.setAttribute("role", "img");
  chart.setAttribute("aria-label", figure.getAttribute("aria-label"));
  figure.replaceChildren(chart);
}

redrawn("[data-plot]", draw);
redrawn("[data-sets]", drawSets);
