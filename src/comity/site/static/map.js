// The map: land and borders of the world atlas, contested borders dashed, a mark a place.

async function draw(figure) {
  const [told, world] = await Promise.all([
    fetch(figure.dataset.map).then((r) => r.json()),
    fetch("/static/vendor/countries-110m.json").then((r) => r.json()),
  ]);
  const countries = world.objects.countries;
  const name = (c) => c.id || c.properties.name;
  const pairs = new Set(told.contested.flatMap(([a, b]) => [`${a}|${b}`, `${b}|${a}`]));
  const disputed = (a, b) => a !== b && pairs.has(`${name(a)}|${name(b)}`);
  const wide = Math.max(320, figure.clientWidth);
  const projection = d3.geoNaturalEarth1().fitWidth(wide, { type: "Sphere" });
  const path = d3.geoPath(projection);
  const [[, top], [, bottom]] = path.bounds({ type: "Sphere" });
  const cut = (bottom - top) * 0.12;
  const svg = d3.create("svg").attr("viewBox", `0 ${top} ${wide} ${bottom - top - cut}`).attr("role", "group").attr("aria-label", figure.getAttribute("aria-label"));
  svg.append("path").attr("class", "land").attr("d", path(topojson.feature(world, world.objects.land)));
  svg.append("path").attr("class", "coast").attr("d", path(topojson.mesh(world, countries, (a, b) => a === b)));
  svg.append("path").attr("class", "border").attr("d", path(topojson.mesh(world, countries, (a, b) => a !== b && !disputed(a, b))));
  svg.append("path").attr("class", "contested").attr("d", path(topojson.mesh(world, countries, disputed)));
  const most = d3.max(told.points, (p) => p.events_and_visits) || 1;
  const radius = d3.scaleSqrt([0, most], [1.5, wide / 45]);
  const points = told.points.filter((p) => p.latitude !== null).sort((a, b) => b.events_and_visits - a.events_and_visits);
  const mark = svg.append("g").selectAll("a").data(points).join("a")
    .attr("href", (p) => (p.fact ? `/fact/${p.fact}` : `/state/${p.state}`)).attr("tabindex", "-1")
    .attr("aria-label", (p) => `${p.place || "capital of " + p.state}, ${p.events_and_visits} events and visits`);
  mark.append("circle").attr("r", (p) => radius(p.events_and_visits))
    .attr("transform", (p) => `translate(${projection([p.longitude, p.latitude])})`);
  mark.append("title").text((p) => `${p.place || "capital of " + p.state}: ${p.events_and_visits}`);
  figure.replaceChildren(svg.node());
}

document.querySelectorAll("[data-map]").forEach(draw);
