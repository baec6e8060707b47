import { forEachRow } from "./loops.js";
import { isRowMajor, sizeOf } from "./shape.js";
import type { NumericData } from "./types.js";

/** Entries in memory: what a loop reads or writes. A stride of 0 repeats an entry. */
export interface Strided {
  readonly data: NumericData;
  readonly stride: readonly number[];
  readonly offset: number;
}

/** Runs over n entries; each operand is its memory, where it starts, and the step: (n, m₀, p₀, s₀, m₁, p₁, s₁, …). */
type RunLoop = (n: number, ...operands: unknown[]) => void;

/** The body of a loop as text, and as a closure for where text may not be compiled. */
export interface LoopBody {
  /** In messages and profiles. */
  readonly name: string;
  /** How many operands it has; `x0`, `x1`, … are their entries. Operand 0 is written, all others are read. */
  readonly operands: number;
  /** Statements that end in `x0 = …` or `x0 += …`, with `f0`, `f1`, … for the functions. */
  readonly text: string;
  /** Whether operand 0 is read as well. */
  readonly adds: boolean;
  readonly functions: readonly unknown[];
  /** The new value of operand 0, from all of them. */
  readonly closure: (xs: number[]) => number;
}

let mayCompile: boolean | undefined;

/** Whether functions may be made from text here; a Content-Security-Policy may forbid it. */
export function canCompile(): boolean {
  if (mayCompile === undefined) {
    try {
      new Function("");
      mayCompile = true;
    } catch {
      mayCompile = false;
    }
  }
  return mayCompile;
}

let serial = 0;

/**
 * A loop that only this body runs in, so that the compiler learns what this body does and inlines its functions. Texts differ in a number:
 * functions of equal text would share what was learnt.
 */
function compiled({ name, operands, text, adds, functions }: LoopBody, still: number, plane = false): RunLoop {
  const all = Array.from({ length: operands }, (_, k) => k);
  const parameters = all.map((k) => `m${k}, p${k}, s${k}`).join(", ");
  const isFixed = (k: number): boolean => k > 0 && ((still >> k) & 1) === 1;
  const moving = all.filter((k) => !isFixed(k));
  const fixed = all.filter(isFixed).map((k) => `const v${k} = m${k}[p${k}];`);
  const body = (at: (k: number) => string): string => {
    const reads = moving.slice(adds ? 0 : 1).map((k) => `const v${k} = m${k}[${at(k)}];`);
    return `${reads.join(" ")} ${text.replaceAll(/\bx0 (\+?=)/g, `m0[${at(0)}] $1`).replaceAll(/\bx(\d+)\b/g, "v$1")}`;
  };
  const run = `${fixed.join(" ")}
  if (${moving.map((k) => `s${k} === 1`).join(" && ")}) for (let i = 0; i < n; i++) { ${body((k) => `p${k} + i`)} }
  else for (let i = 0${moving.map((k) => `, q${k} = p${k}`).join("")}; i < n; i++, ${moving.map((k) => `q${k} += s${k}`).join(", ")}) { ${body((k) => `q${k}`)} }`;
  const source = plane
    ? `"use strict"; // ${name} ${++serial}
return (rows, n, ${all.map((k) => `m${k}, p${k}, s${k}, r${k}`).join(", ")}) => {
  for (let row = 0; row < rows; row++, ${all.map((k) => `p${k} += r${k}`).join(", ")}) { ${run} }
};`
    : `"use strict"; // ${name} ${++serial}
return (n, ${parameters}) => { ${run} };`;
  return new Function(...functions.map((_, k) => `f${k}`), source)(...functions) as RunLoop;
}

function interpreted({ operands, closure }: LoopBody): RunLoop {
  const xs = new Array<number>(operands).fill(0);
  return (n, ...flat) => {
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < operands; k++)
        xs[k] = (flat[3 * k] as Float64Array)[(flat[3 * k + 1] as number) + i * (flat[3 * k + 2] as number)] as number;
      (flat[0] as Float64Array)[(flat[1] as number) + i * (flat[2] as number)] = closure(xs);
    }
  };
}

/** A loop over the entries of arrays of one shape. Doubles have one of their own: a loop that met other memory stays slow. */
export class EntryLoop {
  private readonly body: () => LoopBody;
  /** By the operands that repeat one entry (a bit for each), those of doubles and all others. */
  private readonly doubles: (RunLoop | undefined)[] = [];
  private readonly others: (RunLoop | undefined)[] = [];
  private readonly planes: (RunLoop | undefined)[] = [];

  constructor(body: () => LoopBody) {
    this.body = body;
  }

  run(shape: readonly number[], operands: readonly Strided[]): void {
    const rank = shape.length;
    let n = 1;
    let flat = true;
    if (rank === 1) n = shape[0] as number;
    else if (rank > 1) {
      n = sizeOf(shape);
      for (let k = 0; k < operands.length && flat; k++) {
        const { stride } = operands[k] as Strided;
        flat = isRowMajor(shape, stride) || isStill(stride);
      }
    }
    const loop = this.loopFor(operands, flat);
    if (!flat && rank === 2 && canCompile()) this.runPlane(shape[0] as number, shape[1] as number, operands);
    else if (flat) call(loop, n, operands, rank <= 1 ? (rank === 0 ? "none" : "own") : "unit", undefined);
    else {
      const length = shape[rank - 1] as number;
      forEachRow(
        shape,
        operands.map((x) => x.stride),
        operands.map((x) => x.offset),
        (offsets) => call(loop, length, operands, "last", offsets),
      );
    }
  }

  /** Two axes run in one loop inside another. */
  private runPlane(rows: number, columns: number, operands: readonly Strided[]): void {
    let key = 0;
    const flat: unknown[] = [];
    for (let k = 0; k < operands.length; k++) {
      const { data, stride, offset } = operands[k] as Strided;
      if (!(data instanceof Float64Array)) key |= 1;
      if (k > 0 && stride[1] === 0) key |= 2 << k;
      flat.push(data, offset, stride[1], stride[0]);
    }
    let loop = this.planes[key];
    if (loop === undefined) {
      loop = compiled(this.body(), key >> 1, true);
      this.planes[key] = loop;
    }
    loop(rows, columns, ...flat);
  }

  private loopFor(operands: readonly Strided[], flat: boolean): RunLoop {
    let double = true;
    let still = 0;
    for (let k = 0; k < operands.length; k++) {
      const { data, stride } = operands[k] as Strided;
      if (!(data instanceof Float64Array)) double = false;
      if (k > 0 && (flat ? isStill(stride) : stride[stride.length - 1] === 0)) still |= 1 << k;
    }
    const known = double ? this.doubles : this.others;
    let loop = known[still];
    if (loop === undefined) {
      const body = this.body();
      loop = canCompile() ? compiled(body, still) : interpreted(body);
      known[still] = loop;
    }
    return loop;
  }
}

/** Whether all strides are 0. */
function isStill(stride: readonly number[]): boolean {
  for (let k = 0; k < stride.length; k++) if (stride[k] !== 0) return false;
  return true;
}

type Steps = "none" | "own" | "unit" | "last";

function stepOf(x: Strided, steps: Steps): number {
  if (steps === "none") return 0;
  if (steps === "own") return x.stride[0] as number;
  if (steps === "last") return x.stride[x.stride.length - 1] as number;
  return isStill(x.stride) ? 0 : 1;
}

function call(loop: RunLoop, n: number, operands: readonly Strided[], steps: Steps, offsets: readonly number[] | undefined): void {
  const a = operands[0] as Strided;
  const b = operands[1] as Strided;
  const pa = offsets === undefined ? a.offset : (offsets[0] as number);
  const sa = stepOf(a, steps);
  if (operands.length === 1) {
    loop(n, a.data, pa, sa);
    return;
  }
  const pb = offsets === undefined ? b.offset : (offsets[1] as number);
  const sb = stepOf(b, steps);
  if (operands.length === 2) {
    loop(n, a.data, pa, sa, b.data, pb, sb);
    return;
  }
  const c = operands[2] as Strided;
  const pc = offsets === undefined ? c.offset : (offsets[2] as number);
  const sc = stepOf(c, steps);
  if (operands.length === 3) {
    loop(n, a.data, pa, sa, b.data, pb, sb, c.data, pc, sc);
    return;
  }
  const d = operands[3] as Strided;
  const pd = offsets === undefined ? d.offset : (offsets[3] as number);
  const sd = stepOf(d, steps);
  if (operands.length === 4) {
    loop(n, a.data, pa, sa, b.data, pb, sb, c.data, pc, sc, d.data, pd, sd);
    return;
  }
  const flat: unknown[] = [];
  operands.forEach((x, k) => flat.push(x.data, offsets === undefined ? x.offset : offsets[k], stepOf(x, steps)));
  loop(n, ...flat);
}
