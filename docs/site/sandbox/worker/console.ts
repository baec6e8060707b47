/** console, for a program in the page: what it prints at the command line, with the line that printed it. */
import { format, inspect } from "./inspect/index.js";
import { cellOf, showTable } from "./page-module.js";
import type { Stacks } from "./places.js";
import type { Sink } from "./sink.js";

type Level = "log" | "warn" | "error";

export function consoleOf(sink: Sink, stacks: Stacks): Partial<Console> {
  let indent = "";
  const counts = new Map<string, number>();
  const timers = new Map<string, number>();
  const print = (level: Level, values: readonly unknown[]): void => {
    if (!sink.open()) return;
    const text = format(...values).replaceAll(/^/gm, indent);
    const line = stacks.lineNow();
    sink.add({ kind: "text", text, level, ...(line === undefined ? {} : { line }) }, { characters: text.length });
  };
  const log = (...values: unknown[]): void => print("log", values);
  const warn = (...values: unknown[]): void => print("warn", values);
  const error = (...values: unknown[]): void => print("error", values);
  return {
    log,
    info: log,
    debug: log,
    warn,
    error,
    trace: (...values) => error("Trace:", ...values),
    dir: (x: unknown) => print("log", [inspect(x)]),
    table: (data: unknown) => {
      const rows = tableOf(data);
      if (rows === undefined) log(data);
      else showTable(sink, rows.columns, rows.rows);
    },
    assert: (condition, ...values) => {
      if (!condition) error("Assertion failed:", ...values);
    },
    count: (label = "default") => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      log(`${label}: ${counts.get(label)}`);
    },
    countReset: (label = "default") => void counts.delete(label),
    group: (...values) => {
      if (values.length > 0) log(...values);
      indent += "  ";
    },
    groupCollapsed: (...values) => {
      if (values.length > 0) log(...values);
      indent += "  ";
    },
    groupEnd: () => {
      indent = indent.slice(2);
    },
    time: (label = "default") => void timers.set(label, performance.now()),
    timeEnd: (label = "default") => {
      const from = timers.get(label);
      if (from !== undefined) log(`${label}: ${(performance.now() - from).toFixed(3)}ms`);
      timers.delete(label);
    },
    timeLog: (label = "default") => {
      const from = timers.get(label);
      if (from !== undefined) log(`${label}: ${(performance.now() - from).toFixed(3)}ms`);
    },
    clear: () => {},
  };
}

/** As much of Node's `process` as programs print with: `process.stdout.write`, a line at a time. */
export function processOf(sink: Sink): { process: object; flush(): void } {
  let line = "";
  const show = (text: string): void => void sink.add({ kind: "text", text }, { characters: text.length });
  return {
    process: {
      argv: [],
      env: {},
      stdout: {
        write(text: unknown): boolean {
          line += String(text);
          const end = line.lastIndexOf("\n");
          if (end >= 0) show(line.slice(0, end));
          line = line.slice(end + 1);
          return true;
        },
      },
    },
    flush: () => {
      if (line !== "") show(line);
      line = "";
    },
  };
}

/** console.table's rows: an index, a column for each property, and one for values that have none. */
function tableOf(data: unknown): { columns: string[]; rows: (string | number)[][] } | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const entries: [string, unknown][] = Array.isArray(data) ? data.map((row, k) => [String(k), row]) : Object.entries(data);
  const names = new Set<string>();
  let single = false;
  for (const [, row] of entries) {
    if (typeof row === "object" && row !== null) for (const name of Object.keys(row)) names.add(name);
    else single = true;
  }
  const cell = (x: unknown): string | number => (x === undefined ? "" : typeof x === "object" ? inspect(x, { depth: 0 }) : cellOf(x));
  const rows = entries.map(([index, row]) => {
    const record = typeof row === "object" && row !== null ? (row as Record<string, unknown>) : {};
    const value = typeof row === "object" && row !== null ? undefined : row;
    return [index, ...[...names].map((name) => cell(record[name])), ...(single ? [cell(value)] : [])];
  });
  return { columns: ["", ...names, ...(single ? ["value"] : [])], rows };
}
