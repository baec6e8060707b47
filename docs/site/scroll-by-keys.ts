const frames = ".table-frame, .katex-display, .formula";

/** Gives the keyboard those frames of the page that scroll sideways: a frame in which all is in sight is not a stop for the tab key. */
export function scrollByKeys(): void {
  for (const frame of document.querySelectorAll<HTMLElement>(frames)) {
    if (frame.scrollWidth > frame.clientWidth + 1) {
      frame.tabIndex = 0;
      frame.setAttribute("role", "group");
      frame.setAttribute("aria-label", frame.matches(".table-frame") ? "Table, scrolls sideways" : "Formula, scrolls sideways");
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) frame.removeAttribute(name);
    }
  }
}
