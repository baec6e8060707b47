/** Markdown: a block of TypeScript that can run in the page gets its buttons, as plain markup. */
import type { MarkdownRenderer } from "vitepress";
import { reasonNotToRun } from "../blocks/runnable.js";
import { moduleNames } from "./sandbox.js";

const buttons =
  '<div class="program-acts">' +
  '<button type="button" class="program-act" data-program="run" title="Run this program here">Run</button>' +
  '<button type="button" class="program-act plain" data-program="edit" title="Edit this program, then run it">Edit</button></div>';

/** Blocks whose fence says `no-run` behind the language get none, nor do those that import what only Node has. */
export function programFences(md: MarkdownRenderer): void {
  const known = new Set(moduleNames());
  const { fence } = md.renderer.rules;
  if (fence === undefined) return;
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const html = fence(tokens, index, ...rest);
    const { info = "", content = "" } = tokens[index] ?? {};
    const [language = "", ...flags] = info.trim().split(/\s+/);
    if (flags.includes("no-run") || reasonNotToRun(language, content, known) !== undefined) return html;
    return html.replace(/^<div class="/, '<div class="runnable ').replace(/<\/div>\s*$/, `${buttons}</div>`);
  };
}
