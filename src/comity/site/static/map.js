// The map: land and borders of the world atlas, contested borders dashed, a mark a place.

import { redrawn } from "./redrawn.js";

// How large a mark is for how many, down in the sea of the South Pacific.
function sizes(svg, radius, most, at) {
  const steps = [...new Set([most, Math.round(most / 4), 1])].filter((n) => n >= 1);
  const key = svg.append("g").attr("class", "sizes").attr("aria-hidden", "true");
  let x = at.left;
  for (const n of steps) {
    const r = radius(n);
    key.append("circle").attr("cx", x + r).attr("cy", at.low - r).attr("r", r);
    key.append("text").attr("x", x + 2 * r + 4).attr("y", at.low).text(n.toLocaleString("en"));
    x += 2 * r + 16 + 7 * String(n).length;
  }
}

async function draw(figure) {
  const [data, world] = await Promise.all([
    fetch(figure.dataset.map).then((r) => r.json()),
    fetch("/static/vendor/countries-110m.json").then((r) => r.json()),
  ]);
  const countries = world.objects.countries;
  const name = (c) => c.id || c.properties.name;
  const pairs = new Set(data.contested.flatMap(([a, b]) => [`${a}|${b}`, `${b}|${a}`]));
  const disputed = (a, b) => a !== b && pairs.has(`${name(a)}|${name(b)}`);
  const wide = Math.max(260, figure.clientWidth);
  const projection = d3.geoNaturalEarth1().fitWidth(wide, { type: "Sphere" });
  const path = d3.geoPath(projection);
  const [[, top], [, bottom]] = path.bounds({ type: "Sphere" });
  const cut = (bottom - top) * 0.12;
  const svg = d3.create("svg").attr("viewBox", `0 ${top} ${wide} ${bottom - top - cut}`).attr("role", "group").attr("aria-label", figure.getAttribute("aria-label"));
  svg.append("path").attr("class", "land").attr("d", path(topojson.feature(world, world.objects.land)));
  svg.append("path").attr("class", "coast").attr("d", path(topojson.mesh(world, countries, (a, b) => a === b)));
  svg.append("path").attr("class", "border").attr("d", path(topojson.mesh(world, countries, (a, b) => a !== b && !disputed(a, b))));
  svg.append("path").attr("class", "contested").attr("d", path(topojson.mesh(world, countries, disputed)));
  const most = d3.max(data.points, (p) => p.events_and_visits) || 1;
  const radius = d3.scaleSqrt([0, most], [1.5, wide / 45]);
  const points = data.points.filter((p) => p.latitude !== null).sort((a, b) => b.events_and_visits - a.events_and_visits);
  const mark = svg.append("g").selectAll("a").data(points).join("a")
    .attr("href", (p) => (p.fact ? `/fact/${p.fact}` : `/state/${p.state}`)).attr("tabindex", "-1")
    .attr("aria-label", (p) => `${p.place || "capital of " + p.state}, ${p.events_and_visits} events and visits${p.set ? ` in ${p.set}` : ""}`);
  mark.attr("class", (p) => (p.set ? "set" : p.place ? null : "capital"));
  mark.append("circle").attr("r", (p) => radius(p.events_and_visits))
    .attr("transform", (p) => `translate(${projection([p.longitude, p.latitude])})`);
  // as large as a finger needs
  mark.append("circle").attr("class", "hit").attr("r", (p) => Math.max(12, radius(p.events_and_visits)))
    .attr("transform", (p) => `translate(${projection([p.longitude, p.latitude])})`);
  mark.append("title").text((p) => `${p.place || "capital of " + p.state}: ${p.events_and_visits}${p.set ? ` in ${p.set}` : " in reports"}`);
  sizes(svg, radius, most, { left: 14, low: bottom - cut - 14 });
  figure.replaceChildren(svg.node());
}

redrawn("[data-map]", draw);
