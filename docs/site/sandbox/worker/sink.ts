/** Where a program's outputs go: gathered, and sent while the program still has room. */
import type { FromWorker } from "../messages.js";
import { freshBudget, limits, type Output, spend } from "../outputs.js";

export interface Sink {
  /** Takes an output; false where the program has shown as much as it may. */
  add(output: Output, cost: { readonly characters?: number; readonly points?: number; readonly pixels?: number }): boolean;
  progress(fraction: number): void;
  /** Sends what was gathered. */
  flush(): void;
  /** Whether there is room for more. */
  open(): boolean;
}

/** Outputs that are sent at once: a program may print a few and then never end. */
const atOnce = 100;
/** How often the later ones are sent while a program runs, in ms. */
const pause = 50;

export function sinkOf(post: (message: FromWorker) => void, now: () => number): Sink {
  const budget = freshBudget();
  // Room for the note that says what is missing.
  budget.items -= 1;
  budget.characters -= 200;
  let items: Output[] = [];
  let taken = 0;
  let full = false;
  let last = now();
  let lastProgress = 0;
  const flush = (): void => {
    if (items.length > 0) post({ kind: "outputs", items });
    items = [];
    last = now();
  };
  const take = (output: Output): void => {
    items.push(output);
    taken++;
    if (taken <= atOnce || items.length >= 200 || now() - last > pause) flush();
  };
  return {
    add(output, cost) {
      if (full) return false;
      if (spend(budget, cost)) take(output);
      else {
        full = true;
        const most = `${limits.items} outputs, ${limits.characters} characters, ${limits.points} points and ${limits.pixels} pixels`;
        take({ kind: "text", level: "warn", text: `From here on nothing is shown: a run may show ${most}.` });
        flush();
      }
      return !full;
    },
    progress(fraction) {
      if (now() - lastProgress < pause && fraction < 1) return;
      lastProgress = now();
      flush();
      post({ kind: "progress", fraction });
    },
    flush,
    open: () => !full,
  };
}
