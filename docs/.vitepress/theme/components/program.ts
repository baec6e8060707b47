/** A program of a page, once its reader runs or edits it. */
import { type App, createApp, h } from "vue";
import { placeOutputs } from "../../../site/blocks/place.js";
import type { Output } from "../../../site/sandbox/index.js";
import ProgramPanel from "./ProgramPanel.vue";

export interface Program {
  run(): Promise<void>;
  edit(): Promise<void>;
}

const programs = new Map<HTMLElement, { readonly program: Program; readonly app: App }>();

/** The program of a block of code; its panel is put under it, and under the block of text that shows its output. */
export function programOf(block: HTMLElement): Program {
  for (const [other, { app }] of programs)
    if (!other.isConnected) {
      app.unmount();
      programs.delete(other);
    }
  const known = programs.get(block);
  if (known !== undefined) return known.program;
  const code = block.querySelector("pre code")?.textContent ?? "";
  const shown = outputBlockOf(block);
  const host = document.createElement("div");
  (block.nextElementSibling === shown ? (shown ?? block) : block).after(host);
  let panel: Program | undefined;
  const app = createApp({
    render: () =>
      h(ProgramPanel, {
        ref: (instance) => {
          panel = (instance as Program | null) ?? panel;
        },
        code,
        file: block.classList.contains("language-js") ? "block.js" : "block.ts",
        place: (outputs: readonly Output[]) => placeOutputs(block, shown, outputs),
        onEditing(editing: boolean) {
          block.hidden = editing;
          if (shown) shown.hidden = editing;
        },
      }),
  });
  app.mount(host);
  // The panel has the buttons from now on.
  block.classList.add("with-panel");
  const program: Program = {
    run: async () => panel?.run(),
    edit: async () => panel?.edit(),
  };
  programs.set(block, { program, app });
  return program;
}

/** The block of text that shows what a program prints: the next block under it, where no heading stands between. */
function outputBlockOf(block: HTMLElement): HTMLElement | undefined {
  for (let at = block.nextElementSibling; at instanceof HTMLElement; at = at.nextElementSibling) {
    if (/^H\d$/.test(at.tagName)) return undefined;
    if (/\blanguage-/.test(at.className)) return at.classList.contains("language-text") ? at : undefined;
  }
  return undefined;
}
