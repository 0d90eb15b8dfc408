// One stop of the Tab key a lane; arrow keys go from mark to mark.

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function prepare(strip) {
  for (const lane of strip.querySelectorAll(".lane")) {
    const marks = [...lane.querySelectorAll("a")];
    marks.sort((a, b) => a.getBBox().x - b.getBBox().x);
    if (!marks.length) continue;
    marks[marks.length - 1].setAttribute("tabindex", "0");
    lane.addEventListener("keydown", (event) => {
      const at = marks.indexOf(document.activeElement);
      if (at < 0) return;
      const next = event.key === "Home" ? 0 : event.key === "End" ? marks.length - 1 : at + (STEPS[event.key] || 0);
      if (next === at || next < 0 || next >= marks.length) return;
      event.preventDefault();
      marks[at].setAttribute("tabindex", "-1");
      marks[next].setAttribute("tabindex", "0");
      marks[next].focus();
    });
  }
}
