/** A terminal that a bar can be drawn on. */
export interface Terminal {
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface Progress {
  /** Draws the bar at so many steps done, with a short note after it; at most every 50 ms, and always at the last step. */
  update(done: number, note?: string): void;
  /** Takes the bar away; call it before anything else is printed, in `finally`. */
  clear(): void;
}

const wait = 50;
const longestBar = 30;

/** stderr when both it and stdout are terminals; none when either is piped, or the terminal cannot redraw a line. */
export function progressTerminal(): Terminal | undefined {
  return process.stderr.isTTY && process.stdout.isTTY && process.env["TERM"] !== "dumb" ? process.stderr : undefined;
}

/**
 * A bar on one line that it redraws: `descent  ████████░░░░  67 %  134/200  41.3 km`. Without a terminal it prints nothing.
 * @param total number of steps, at least 1
 */
export function progress(label: string, total: number, terminal: Terminal | undefined = progressTerminal()): Progress {
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    update(done, note = "") {
      if (terminal === undefined) return;
      const now = performance.now();
      if (now - drawn < wait && done < total) return;
      drawn = now;
      terminal.write(`\r${barLine(label, done, total, note, terminal.columns || 80)}\u001b[K`);
    },
    clear() {
      if (drawn !== Number.NEGATIVE_INFINITY) terminal?.write("\r\u001b[K");
      drawn = Number.NEGATIVE_INFINITY;
    },
  };
}

/** The line of a bar, shorter than the terminal is wide, so that it never wraps: the bar shrinks first, then the note is cut. */
export function barLine(label: string, done: number, total: number, note: string, columns: number): string {
  const share = Math.min(1, Math.max(0, done / total));
  const count = `${String(done).padStart(String(total).length)}/${total}`;
  const before = `${label}  `;
  const after = `  ${String(Math.floor(100 * share)).padStart(3)} %  ${count}${note === "" ? "" : `  ${note}`}`;
  const room = Math.max(0, Math.min(longestBar, columns - 1 - before.length - after.length));
  const filled = Math.floor(share * room);
  return `${before}${"█".repeat(filled)}${"░".repeat(room - filled)}${after}`.slice(0, Math.max(0, columns - 1));
}
