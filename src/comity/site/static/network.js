// The network of states: a force-directed drawing of the pairs that the page's table lists.

import { redrawn } from "./redrawn.js";

// The first pairs, as long as their states are no more than find room.
function within(edges, most, states) {
  const names = new Set();
  const kept = [];
  for (const e of edges.slice(0, most)) {
    const more = [e.a, e.b].filter((c) => !names.has(c));
    if (names.size + more.length > states) continue;
    more.forEach((c) => names.add(c));
    kept.push(e);
  }
  return kept;
}

// Moves nodes apart until no name lies on another, all inside of the drawing, a little in each round.
function apart(nodes, wide, high) {
  const inside = (n) => {
    n.x = Math.min(wide - n.half, Math.max(n.half, n.x));
    n.y = Math.min(high - n.r - 4, Math.max(n.r + 16, n.y));
  };
  nodes.forEach(inside);
  for (let round = 0; round < 400; round += 1) {
    let moved = false;
    nodes.forEach((a, i) => {
      for (const b of nodes.slice(i + 1)) {
        // a node is its disc with its name over it
        const [dx, dy] = [b.x - a.x, b.y - a.y + (a.r - b.r) / 2];
        const [across, down] = [a.half + b.half - Math.abs(dx), a.r + b.r + 17 - Math.abs(dy)];
        if (across <= 0 || down <= 0) continue;
        moved = true;
        if (across < down) {
          const step = (across / 2 + 0.5) * (dx < 0 ? -1 : 1);
          a.x -= step;
          b.x += step;
        } else {
          const step = (down / 2 + 0.5) * (dy < 0 ? -1 : 1);
          a.y -= step;
          b.y += step;
        }
        inside(a);
        inside(b);
      }
    });
    if (!moved) return;
  }
}

// Whether cooperation or conflict outweighs between two: as the legend names it.
function tone(l) {
  const acts = l.cooperation + l.conflict;
  if (!acts) return "flat";
  const share = l.conflict / acts;
  return share > 0.5 ? "conf" : share >= 0.25 ? "mixed" : "coop";
}

function words(l) {
  return `${l.a_name} and ${l.b_name}: ${l.statements} statements of ${l.reports} reports; ${l.cooperation} on cooperation, ${l.conflict} on conflict, ${l.on_agreements} on agreements, ${l.on_visits} on visits`;
}

async function draw(figure) {
  const answer = await fetch(figure.dataset.network);
  if (!answer.ok) return;
  const { edges } = await answer.json();
  const small = figure.classList.contains("small");
  const room = Math.max(260, figure.clientWidth);
  // as many states as their names find room for; the table has them all
  const kept = within(edges, small ? Math.min(18, Math.round(room / 22)) : 150, small ? 19 : Math.round((room * (room < 600 ? room * 1.5 : Math.min(620, room * 0.6))) / 7000));
  if (!kept.length) return;
  const names = new Map();
  for (const e of kept) names.set(e.a, e.a_name).set(e.b, e.b_name);
  const weight = new Map();
  for (const e of kept) for (const c of [e.a, e.b]) weight.set(c, (weight.get(c) || 0) + e.statements);
  const nodes = [...names].map(([id, name]) => ({ id, name }));
  const links = kept.map((e) => ({ ...e, source: e.a, target: e.b }));
  const wide = Math.max(260, figure.clientWidth);
  // a narrow drawing is higher, so that as many names find room
  const high = small ? 270 : wide < 600 ? Math.max(420, wide * 1.5) : Math.min(620, Math.max(360, wide * 0.6));
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
  for (const n of nodes) Object.assign(n, { r: radius(weight.get(n.id)), half: Math.max(13, 4 + n.name.length * 3) });
  apart(nodes, wide, high);
  const svg = d3.create("svg").attr("viewBox", `0 0 ${wide} ${high}`).attr("role", "group").attr("aria-label", figure.getAttribute("aria-label"));
  const readout = document.createElement("figcaption");
  readout.className = "readout";
  readout.textContent = small ? "" : "Point at a line to read what it is made of.";
  const edge = svg.append("g").selectAll("a").data(links).join("a")
    .attr("href", (l) => `/dyad/${l.a}/${l.b}`).attr("tabindex", "-1").attr("class", (l) => `edge ${tone(l)}`)
    .attr("aria-label", words)
    .on("pointerenter focus", (_, l) => { readout.textContent = words(l); });
  const ends = (line) => line
    .attr("x1", (l) => l.source.x).attr("y1", (l) => l.source.y).attr("x2", (l) => l.target.x).attr("y2", (l) => l.target.y);
  ends(edge.append("line")).attr("class", "seen").attr("stroke-width", (l) => 0.6 + 6 * Math.sqrt(l.statements / most));
  // a thin line is hard to point at
  ends(edge.append("line")).attr("class", "wide-hit").attr("stroke-width", 14);
  edge.append("title").text(words);
  const node = svg.append("g").selectAll("a").data(nodes).join("a")
    .attr("href", (n) => `/state/${n.id}`).attr("tabindex", "-1").attr("class", (n) => (n.id === figure.dataset.centre ? "centre" : null));
  node.append("circle").attr("cx", (n) => n.x).attr("cy", (n) => n.y).attr("r", (n) => radius(weight.get(n.id)));
  node.append("circle").attr("class", "hit").attr("cx", (n) => n.x).attr("cy", (n) => n.y).attr("r", (n) => Math.max(12, n.r));
  node.append("text").attr("x", (n) => n.x).attr("y", (n) => n.y - radius(weight.get(n.id)) - 3).attr("text-anchor", "middle").text((n) => n.name);
  figure.replaceChildren(svg.node(), readout);
}

redrawn("[data-network]", draw);
