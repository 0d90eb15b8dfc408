// Drawings that fit their width: each is drawn when the page is there, and again when its width has changed.

export function redrawn(selector, draw) {
  for (const figure of document.querySelectorAll(selector)) {
    let before = 0;
    let waiting = null;
    const again = () => {
      const wide = Math.round(figure.clientWidth);
      if (!wide || Math.abs(wide - before) < 24) return;
      before = wide;
      draw(figure);
    };
    again();
    new ResizeObserver(() => {
      clearTimeout(waiting);
      waiting = setTimeout(again, 150);
    }).observe(figure);
  }
}
