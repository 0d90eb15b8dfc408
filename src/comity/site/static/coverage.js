// Reports a month by outlet, drawn with Observable Plot from the page's own JSON.

async function draw(figure) {
  const { months, outlets } = await fetch(figure.dataset.plot).then((r) => r.json());
  if (!months.length) return;
  const shown = new Set(outlets.slice(0, 6).map(([name]) => name));
  const rows = d3.rollups(months, (v) => d3.sum(v, (d) => d.documents), (d) => d.month, (d) => (shown.has(d.outlet) ? d.outlet : "all others"));
  const flat = rows.flatMap(([month, held]) => held.map(([outlet, documents]) => ({ month: new Date(`${month}-01T00:00:00Z`), outlet, documents })));
  const chart = Plot.plot({
    className: "coverage-plot",
    width: Math.max(320, figure.clientWidth),
    height: 40 + 78 * new Set(flat.map((d) => d.outlet)).size,
    marginLeft: 40,
    marginRight: 16,
    x: { type: "utc", label: null, grid: true },
    y: { label: null, ticks: 3 },
    fy: { label: null, axis: null, padding: 0.35 },
    marks: [
      Plot.rectY(flat, { x: "month", interval: "month", y: "documents", fy: "outlet", fill: "currentColor", fillOpacity: 0.55 }),
      Plot.text([...new Set(flat.map((d) => d.outlet))], { fy: (d) => d, text: (d) => d, frameAnchor: "top-left", dy: -15, fontWeight: 600 }),
      Plot.ruleY([0]),
    ],
  });
  // Plot writes a style element into its drawing, which the page's policy forbids: the sheet holds the same rules
  chart.querySelectorAll("style").forEach((style) => style.remove());
  chart.querySelectorAll("g[aria-label]").forEach((g) => g.removeAttribute("aria-label"));
  chart.setAttribute("role", "img");
  chart.setAttribute("aria-label", figure.getAttribute("aria-label"));
  figure.replaceChildren(chart);
}

document.querySelectorAll("[data-plot]").forEach(draw);
