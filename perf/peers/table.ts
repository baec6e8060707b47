import { duration, multiple, table } from "../table.js";
import { type Form, forms } from "./peer.js";
import type { Cell, PeerResults, Row } from "./results.js";

/** The libraries, in the order of the columns; ours first. */
export const libraries: readonly string[] = ["cotangent", "TensorFlow.js cpu", "TensorFlow.js wasm", "jax-js", "rose", "adnn"];

const shownForm: Readonly<Record<Form, string>> = { rule: "own rule", arrays: "whole arrays", loops: "entry by entry" };

function shown(cell: Cell | undefined): string {
  if (cell === undefined) return "–";
  if ("wrong" in cell) return "wrong";
  return "fails" in cell ? "fails" : multiple(cell.best);
}

/** Rows in the order of the programs, and of the forms of each. */
function sorted(rows: readonly Row[]): Row[] {
  const titles = [...new Set(rows.map(({ program }) => program))];
  return [...rows].sort((a, b) => titles.indexOf(a.program) - titles.indexOf(b.program) || forms.indexOf(a.form) - forms.indexOf(b.form));
}

/** Wrong answers and failures, a line each. */
function faults(rows: readonly Row[]): string[] {
  return rows.flatMap(({ program, form, cells }) =>
    Object.entries(cells).flatMap(([library, cell]) => {
      if ("wrong" in cell) return [`- ${library}, ${program}, ${shownForm[form]}: ${cell.wrong}.`];
      return "fails" in cell ? [`- ${library}, ${program}, ${shownForm[form]} fails: ${cell.fails}.`] : [];
    }),
  );
}

/** What the README says of other libraries. */
export function peersSection({ date, node, machine, versions, rows, values }: PeerResults): string {
  const used = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const programs = table(
    ["value and gradient", "written as", "hand", ...libraries],
    sorted(rows).map(({ program, form, hand, cells }) => [
      program,
      shownForm[form],
      duration(hand),
      ...libraries.map((library) => shown(cells[library])),
    ]),
  );
  const ofValues = table(
    ["value", "numpy-ts", "cotangent"],
    values.map(({ program, reference, ours }) => [program, duration(reference), shown(ours)]),
  );
  const wrong = faults(rows);
  return [
    `Node ${node}, ${machine}, ${date}; ${used.join(", ")}.`,
    programs,
    ...(wrong.length > 0 ? [wrong.join("\n")] : []),
    "Values alone, as multiples of numpy-ts, whose kernels are WebAssembly:",
    ofValues,
  ].join("\n\n");
}
