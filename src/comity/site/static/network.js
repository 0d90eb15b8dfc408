// The network of states: a force-directed drawing of the pairs that the page's table lists.

async function draw(figure) {
  const answer = await fetch(figure.dataset.network);
  if (!answer.ok) return;
  const { edges } = await answer.json();
  const small = figure.classList.contains("small");
  const kept = edges.slice(0, small ? 18 : 150);
  if (!kept.length) return;
  const names = new Map();
  for (const e of kept) names.set(e.a, e.a_name).set(e.b, e.b_name);
  const weight = new Map();
  for (const e of kept) for (const c of [e.a, e.b]) weight.set(c, (weight.get(c) || 0) + e.statements);
  const nodes = [...names].map(([id, name]) => ({ id, name }));
  const links = kept.map((e) => ({ ...e, source: e.a, target: e.b }));
  const wide = Math.max(320, figure.clientWidth);
  const high = small ? 270 : Math.min(620, Math.max(360, wide * 0.6));
  const most = d3.max(links, (l) => l.statements);
  const radius = d3.scaleSqrt([0, d3.max(weight.values())], [3, small ? 12 : 18]);
  const simulation = d3
    .forceSimulation(nodes)
    .force("link", d3.forceLink(links).id((n) => n.id).distance(small ? 90 : 110).strength((l) => 0.15 + 0.5 * Math.sqrt(l.statements / most)))
    .force("charge", d3.forceManyBody().strength(small ? -220 : -260))
    .force("x", d3.forceX(wide / 2).strength(0.06))
    .force("y", d3.forceY(high / 2).strength(0.11))
    .force("collide", d3.forceCollide((n) => radius(weight.get(n.id)) + 14))
    .stop();
  // laid out before it is shown: nothing moves, and the same data give the same picture
  simulation.tick(240);
  for (const n of nodes) {
    const half = 4 + n.name.length * 3;
    n.x = Math.min(wide - half, Math.max(half, n.x));
    n.y = Math.min(high - 16, Math.max(16, n.y));
  }
  const svg = d3.create("svg").attr("viewBox", `0 0 ${wide} ${high}`).attr("role", "group").attr("aria-label", figure.getAttribute("aria-label"));
  svg.append("g").selectAll("line").data(links).join("line")
    .attr("x1", (l) => l.source.x).attr("y1", (l) => l.source.y).attr("x2", (l) => l.target.x).attr("y2", (l) => l.target.y)
    .attr("stroke-width", (l) => 0.6 + 6 * Math.sqrt(l.statements / most));
  const node = svg.append("g").selectAll("a").data(nodes).join("a")
    .attr("href", (n) => `/state/${n.id}`).attr("tabindex", "-1").attr("class", (n) => (n.id === figure.dataset.centre ? "centre" : null));
  node.append("circle").attr("cx", (n) => n.x).attr("cy", (n) => n.y).attr("r", (n) => radius(weight.get(n.id)));
  node.append("text").attr("x", (n) => n.x).attr("y", (n) => n.y - radius(weight.get(n.id)) - 3).attr("text-anchor", "middle").text((n) => n.name);
  figure.replaceChildren(svg.node());
}

document.querySelectorAll("[data-network]").forEach(draw);
