import { forEachRow } from "../loops.js";
import { isRowMajor, sizeOf } from "../shape.js";
import type { NumericData } from "../types.js";
import { compile } from "./compiled.js";
import { isStillIn, type LoopBody, type LoopKind, loopText, movingIn } from "./loop-text.js";

/** Entries in memory: what a loop reads or writes. A stride of 0 repeats an entry. */
export interface Strided {
  readonly data: NumericData;
  readonly stride: readonly number[];
  readonly offset: number;
}

/** What a loop reads: entries, or one number for all of them. */
export type LoopOperand = Strided | number;

/** All entries lie one after another, or repeat one; from entry i up to n. */
type FlatLoop = (i: number, n: number, operands: readonly LoopOperand[]) => number;
/** The last two axes, or the last and one row; `offsets` are where the operands start. */
type PlaneLoop = (
  operands: readonly LoopOperand[],
  offsets: readonly number[],
  rows: number,
  outer: number,
  n: number,
  inner: number,
) => number;

/**
 * How many entries a loop handles in one call. A loop that runs for long is compiled while it runs, for the state in which it was met, and may
 * stay so for hundreds of calls, at twice to fifty times the cost; one that is called anew is compiled as a whole. A call costs 20 ns.
 */
const BLOCK = 4096;

function flatLoop(kind: LoopKind): FlatLoop {
  const { body } = kind;
  const targets = body.results.length;
  const opening = Array.from({ length: body.operands }, (_, k) => {
    const constant = k >= targets && isStillIn(kind, k);
    return `const o${k} = o[${k}]; ${constant ? `const x${k} = +(typeof o${k} === "number" ? o${k} : o${k}.data[o${k}.offset]);` : `const m${k} = o${k}.data, p${k} = o${k}.offset;`}`;
  });
  const moving = movingIn(kind);
  const sum = (k: number): string => `m${k}[p${k}]`;
  // Positions that are the count itself need no addition.
  const text = `return (from, n, o) => {
  ${opening.join(" ")} ${body.before ?? ""} let total = 0;
  if (${moving.map((k) => `p${k} === 0`).join(" && ") || "true"}) ${loopText(kind, (_, shift) => (shift === 0 ? "i" : `i + ${shift}`), sum)}
  else ${loopText({ ...kind, doubles: false }, (k) => `p${k} + i`, sum)}
  return total;
};`;
  return compile(body.name, body.known, text) as FlatLoop;
}

function planeLoop(kind: LoopKind): PlaneLoop {
  const { body } = kind;
  const targets = body.results.length;
  const operands = Array.from({ length: body.operands }, (_, k) => k);
  const ifStrided = (k: number, value: string, otherwise: string): string =>
    k < targets ? value : `typeof o${k} === "number" ? ${otherwise} : ${value}`;
  const stride = (k: number, axis: string): string => ifStrided(k, `o${k}.stride[${axis}] ?? 0`, "0");
  const moving = movingIn(kind);
  const constants = operands.filter((k) => k >= targets && isStillIn(kind, k));
  const sum = (k: number): string => `m${k}[p${k}]`;
  const step = moving.map((k) => `q${k} += s${k}`).join(", ");
  const text = `return (o, at, rows, outer, n, inner) => {
  ${operands.map((k) => `const o${k} = o[${k}], m${k} = ${ifStrided(k, `o${k}.data`, "undefined")}, r${k} = ${stride(k, "outer")}; let p${k} = at[${k}];`).join("\n")}
  ${moving.map((k) => `const s${k} = ${stride(k, "inner")};`).join(" ")} let total = 0;
  for (let row = 0; row < rows; row++) {
    ${constants.map((k) => `const x${k} = +(m${k} === undefined ? o${k} : m${k}[p${k}]);`).join(" ")} ${body.before ?? ""}
    const from = 0;
    if (${moving.map((k) => `s${k} === 1`).join(" && ") || "true"}) ${loopText(kind, (k, shift) => `p${k} + i${shift === 0 ? "" : ` + ${shift}`}`, sum)}
    else { ${moving.map((k) => `let q${k} = p${k};`).join(" ")} ${stepped(
      loopText({ ...kind, doubles: false }, (k) => `q${k}`, sum),
      step,
    )} }
    ${operands.map((k) => `p${k} += r${k};`).join(" ")}
  }
  return total;
};`;
  return compile(body.name, body.known, text) as PlaneLoop;
}

/** A loop whose positions go on by steps of their own. */
function stepped(text: string, step: string): string {
  return step === "" ? text : text.replace("for (; i < n; i++)", `for (; i < n; i++, ${step})`);
}

/** The last two axes in blocks; `starts` are where the operands start. */
function inBlocks(
  run: PlaneLoop,
  operands: readonly LoopOperand[],
  starts: readonly number[],
  [rows, outer]: readonly [rows: number, outer: number],
  [n, inner]: readonly [n: number, inner: number],
): number {
  const width = Math.min(n, BLOCK);
  const height = Math.max(1, Math.floor(BLOCK / Math.max(n, 1)));
  if (rows <= height && n <= width) return run(operands, starts, rows, outer, n, inner);
  const at = starts.slice();
  let sum = 0;
  for (let row = 0; row < rows; row += height) {
    for (let from = 0; from < n; from += width) {
      for (let k = 0; k < operands.length; k++) {
        const operand = operands[k] as LoopOperand;
        if (typeof operand === "number") continue;
        const { stride } = operand;
        at[k] = (starts[k] as number) + row * (stride[outer] ?? 0) + from * (stride[inner] as number);
      }
      sum += run(operands, at, Math.min(height, rows - row), outer, Math.min(width, n - from), inner);
    }
  }
  return sum;
}

/**
 * A loop over the entries of arrays of one shape, made when it is first needed. There is one for each set of operands that repeat an entry,
 * and doubles have their own: a loop that met other memory stays slow.
 */
export class EntryLoop {
  private readonly body: () => LoopBody;
  private readonly flat: Map<number, FlatLoop> = new Map();
  private readonly planes: Map<number, PlaneLoop> = new Map();

  constructor(body: () => LoopBody) {
    this.body = body;
  }

  /**
   * Runs over all entries of this shape; operands have as many strides as it has axes.
   * @returns the sum of what was written to operand 0, where the body asks for it and all memory is of doubles; else undefined
   */
  run(shape: readonly number[], operands: readonly LoopOperand[]): number | undefined {
    const rank = shape.length;
    let key = 0;
    let isFlat = true;
    for (let k = 0; k < operands.length; k++) {
      const operand = operands[k] as LoopOperand;
      if (typeof operand === "number") {
        key |= 2 << k;
        continue;
      }
      if (!(operand.data instanceof Float64Array)) key |= 1;
      const { stride } = operand;
      if (isStill(stride)) key |= 2 << k;
      else if (isFlat && !isRowMajor(shape, stride)) isFlat = false;
    }
    // What is written as a single is rounded; its sum is another.
    const sum = isFlat
      ? this.runFlat(rank === 1 ? (shape[0] as number) : sizeOf(shape), operands, key)
      : this.runPlanes(shape, operands, key & 1);
    return (key & 1) === 0 ? sum : undefined;
  }

  private runFlat(n: number, operands: readonly LoopOperand[], key: number): number {
    let loop = this.flat.get(key);
    if (loop === undefined) {
      loop = flatLoop({ body: this.body(), still: key >> 1, doubles: (key & 1) === 0 });
      this.flat.set(key, loop);
    }
    if (n <= BLOCK) return loop(0, n, operands);
    let sum = 0;
    for (let from = 0; from < n; from += BLOCK) sum += loop(from, Math.min(n, from + BLOCK), operands);
    return sum;
  }

  private runPlanes(shape: readonly number[], operands: readonly LoopOperand[], mixed: number): number {
    const rank = shape.length;
    let inner = rank - 1;
    let outer = rank - 2;
    if (rank > 1 && prefersOuter(operands, outer, inner)) [inner, outer] = [outer, inner];
    let key = mixed;
    for (let k = 0; k < operands.length; k++) {
      const operand = operands[k] as LoopOperand;
      if (typeof operand === "number" || operand.stride[inner] === 0) key |= 2 << k;
    }
    let loop = this.planes.get(key);
    if (loop === undefined) {
      loop = planeLoop({ body: this.body(), still: key >> 1, doubles: mixed === 0 });
      this.planes.set(key, loop);
    }
    const run = loop;
    const rows = rank > 1 ? (shape[outer] as number) : 1;
    const n = shape[inner] as number;
    const starts = operands.map((operand) => (typeof operand === "number" ? 0 : operand.offset));
    if (rank <= 2) return inBlocks(run, operands, starts, [rows, outer], [n, inner]);
    // The planes of all axes before the last two; a row of length 1 stands for a plane.
    const lead = [...shape.slice(0, -2), 1];
    const strides = operands.map((operand) => (typeof operand === "number" ? lead.map(() => 0) : operand.stride));
    let sum = 0;
    forEachRow(lead, strides, starts, (offsets) => {
      sum += inBlocks(run, operands, offsets, [rows, outer], [n, inner]);
    });
    return sum;
  }
}

/** Whether the loop over the last axis but one should run inside: where entries lie closer together along it. */
function prefersOuter(operands: readonly LoopOperand[], outer: number, inner: number): boolean {
  let votes = 0;
  for (let k = 0; k < operands.length; k++) {
    const operand = operands[k] as LoopOperand;
    if (typeof operand === "number") continue;
    const along = Math.abs(operand.stride[inner] as number);
    const across = Math.abs(operand.stride[outer] as number);
    if (along !== 0 && across !== 0) votes += along > across ? 1 : -1;
  }
  return votes > 0;
}

/** Whether there are strides and all of them are 0. */
function isStill(stride: readonly number[]): boolean {
  if (stride.length === 0) return false;
  for (let k = 0; k < stride.length; k++) if (stride[k] !== 0) return false;
  return true;
}
