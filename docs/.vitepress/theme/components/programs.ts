/**
 * Programs of pages: their buttons are plain markup (site/build/fence.ts), one listener of the page waits for them, and all else is loaded at the
 * first click.
 */
export function listenForPrograms(): void {
  document.documentElement.classList.add("js");
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-program]") : null;
    const block = button?.closest<HTMLElement>(".runnable");
    if (!button || !block) return;
    const act = button.dataset["program"] === "edit" ? "edit" : "run";
    void import("./program.js").then(({ programOf }) => programOf(block)[act]());
  });
}
