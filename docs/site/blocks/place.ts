/** Puts what a program printed where its page shows it: into the comments at its lines, and into the block of text under it. */
import type { Output, TextOutput } from "../sandbox/outputs.js";

const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, " ");

/** A comment of a page that shows an output: the element that holds it, and the part before its value. */
interface Arrow {
  readonly element: HTMLElement;
  /** The line of the call that prints it, from 1. */
  readonly line: number;
}

const arrow = /^(.*\/\/ → ?)(.*)$/;

function arrowsOf(block: HTMLElement): Arrow[] {
  const arrows: Arrow[] = [];
  let call = 0;
  for (const [k, line] of [...block.querySelectorAll<HTMLElement>("pre code .line")].entries()) {
    const text = line.textContent ?? "";
    if (/\bconsole\.log\(/.test(text)) call = k + 1;
    if (!arrow.test(text)) continue;
    const element = [...line.querySelectorAll<HTMLElement>("span")].findLast((span) => arrow.test(span.textContent ?? ""));
    if (element !== undefined && call > 0) arrows.push({ element, line: call });
  }
  return arrows;
}

function put(element: HTMLElement, text: string): void {
  if (element.textContent === text) return;
  element.textContent = text;
  element.classList.add("changed");
}

/**
 * @param block the program's block
 * @param shown the block of text under it, if there is one
 * @returns the outputs that have no place in the page
 */
export function placeOutputs(block: HTMLElement, shown: HTMLElement | undefined, outputs: readonly Output[]): readonly Output[] {
  const texts = outputs.filter((item): item is TextOutput => item.kind === "text" && item.level !== "warn" && item.level !== "error");
  const code = shown?.querySelector<HTMLElement>("pre code");
  const placed = new Set<Output>();
  if (code) {
    const text = texts.map((item) => item.text).join("\n");
    if ((code.textContent ?? "").trim() !== text.trim()) put(code, text);
    for (const item of texts) placed.add(item);
  }
  const used = new Set<Output>();
  for (const { element, line } of arrowsOf(block)) {
    const item = texts.find((item) => item.line === line && !used.has(item));
    if (item === undefined) continue;
    used.add(item);
    const before = arrow.exec(element.textContent ?? "")?.[1] ?? "";
    put(element, `${before}${oneLine(item.text)}`);
    placed.add(item);
  }
  return outputs.filter((item) => !placed.has(item));
}
