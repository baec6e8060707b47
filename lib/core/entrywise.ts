import { allocate, canCompile, carve, EntryLoop, type FloatDType, type LoopBody, sizeOf, type Strided } from "../nd/index.js";
import { type Expression, notated, Statements, valueOf } from "./symbols.js";

type Partials = (y: never, ...xs: never[]) => readonly unknown[];
type Floats = Float64Array | Float32Array;

/**
 * The loops of a function of entries: its values, its pullbacks and its pushforwards on plain memory. Each is made when it is first needed,
 * from the partials written down once; a loop reads only what its partials use.
 */
export class Entrywise {
  readonly name: string;
  readonly f: (...xs: number[]) => number;
  readonly count: number;
  private readonly partialsOf: Partials;
  private notes: readonly (Expression | number)[] | false | undefined = undefined;
  private readonly values: EntryLoop;
  private readonly pullbacks: Map<number, { loop: EntryLoop; reads: readonly number[] }> = new Map();
  private readonly pushforwards: Map<number, { loop: EntryLoop; reads: readonly number[] }> = new Map();

  constructor(name: string, f: (...xs: number[]) => number, count: number, partials: Partials) {
    this.name = name;
    this.f = f;
    this.count = count;
    this.partialsOf = partials;
    this.values = new EntryLoop(() => ({
      name,
      operands: count + 1,
      adds: false,
      functions: [f],
      text: `x0 = f0(${Array.from({ length: count }, (_, k) => `x${k + 1}`).join(", ")});`,
      closure: (xs) => f(...xs.slice(1)),
    }));
  }

  /** The partials, one for each operand; undefined where they cannot be written down. */
  get partials(): readonly (Expression | number)[] | undefined {
    if (this.notes === undefined) {
      const notes = notated(this.partialsOf, this.count + 1);
      this.notes = notes !== undefined && notes.length === this.count ? notes : false;
    }
    return this.notes === false ? undefined : this.notes;
  }

  /** The partials at operands of any kind. */
  slopes(y: unknown, xs: readonly unknown[]): readonly never[] {
    return this.partialsOf(y as never, ...(xs as never[])) as readonly never[];
  }

  /** f of each entry, in new row-major memory. */
  value(shape: readonly number[], stride: readonly number[], dtype: FloatDType, operands: readonly Strided[], inside = false): Floats {
    const data = inside ? carve(dtype, sizeOf(shape)) : (allocate(dtype, sizeOf(shape)) as Floats);
    const out = { data, stride, offset: 0 };
    const [a, b] = operands;
    this.values.run(shape, operands.length === 1 ? [out, a as Strided] : operands.length === 2 ? [out, a as Strided, b as Strided] : [out, ...operands]);
    return data;
  }

  /** target (+)= ∂y/∂xₖ · ȳ for each entry; `all` holds y, then the operands. A target of stride 0 takes the sum. */
  pullback(k: number, adds: boolean, shape: readonly number[], target: Strided, ybar: Strided, all: (variable: number) => Strided): void {
    const key = 2 * k + (adds ? 1 : 0);
    let known = this.pullbacks.get(key);
    if (known === undefined) {
      known = this.makePullback(k, adds);
      this.pullbacks.set(key, known);
    }
    const { loop, reads } = known;
    if (reads.length === 0) loop.run(shape, [target, ybar]);
    else if (reads.length === 1) loop.run(shape, [target, ybar, all(reads[0] as number)]);
    else loop.run(shape, [target, ybar, ...reads.map(all)]);
  }

  /** target = Σ ∂y/∂xₖ · ẋₖ over the operands of which bit k of `moving` is set; `tangents` are theirs, in order. */
  pushforward(moving: number, shape: readonly number[], target: Strided, tangents: readonly Strided[], all: (variable: number) => Strided): void {
    let known = this.pushforwards.get(moving);
    if (known === undefined) {
      known = this.makePushforward(moving);
      this.pushforwards.set(moving, known);
    }
    const { loop, reads } = known;
    loop.run(shape, [target, ...tangents, ...reads.map(all)]);
  }

  private makePullback(k: number, adds: boolean): { loop: EntryLoop; reads: readonly number[] } {
    const partial = (this.partials as readonly (Expression | number)[])[k] as Expression | number;
    const { statements, texts, reads } = written([partial], 2);
    const p = texts[0] as string;
    const sign = adds ? "+=" : "=";
    let text: string;
    if (typeof partial === "number") text = `x0 ${sign} ${constantTimes(partial, "x1")};`;
    else text = `${statements.lines.join(" ")} x0 ${sign} x1 === 0 || ${p} === 0 ? 0 : ${p} * x1;`;
    const body: LoopBody = {
      name: `${this.name}Pullback${k}`,
      operands: 2 + reads.length,
      adds: false,
      functions: statements.functions,
      text,
      closure: (xs) => (adds ? (xs[0] as number) : 0) + strong(valueOf(partial, scattered(reads, xs, 2)), xs[1] as number),
    };
    return { loop: new EntryLoop(() => body), reads };
  }

  private makePushforward(moving: number): { loop: EntryLoop; reads: readonly number[] } {
    const partials = (this.partials as readonly (Expression | number)[]).filter((_, k) => (moving >> k) & 1);
    const first = 1 + partials.length;
    const { statements, texts, reads } = written(partials, first);
    const terms = partials.map((partial, j) => {
      const p = texts[j] as string;
      if (typeof partial === "number") return `(${constantTimes(partial, `x${j + 1}`)})`;
      return `(x${j + 1} === 0 || ${p} === 0 ? 0 : ${p} * x${j + 1})`;
    });
    const body: LoopBody = {
      name: `${this.name}Pushforward${moving}`,
      operands: first + reads.length,
      adds: false,
      functions: statements.functions,
      text: `${statements.lines.join(" ")} x0 = ${terms.join(" + ")};`,
      closure: (xs) => {
        const variables = scattered(reads, xs, first);
        return partials.reduce<number>((sum, partial, j) => sum + strong(valueOf(partial, variables), xs[j + 1] as number), 0);
      },
    };
    return { loop: new EntryLoop(() => body), reads };
  }
}

/** The strong product of a constant and an entry, as text; −0 is left to nobody. */
function constantTimes(c: number, t: string): string {
  if (c === 0) return "0";
  if (c === 1) return t;
  if (c === -1) return `0 - ${t}`;
  return Number.isFinite(c) ? `${c} * ${t} + 0` : `${t} === 0 ? 0 : (${c}) * ${t}`;
}

/** An expression as a function of numbers: (ȳ, …reads) => its strong product with ȳ. */
export function timesSeed(e: Expression, reads: readonly number[]): (...xs: number[]) => number {
  if (!canCompile()) return (seed, ...xs) => strong(valueOf(e, scattered(reads, xs, 0)), seed as number);
  const statements = new Statements();
  const p = statements.text(e, (variable) => `x${reads.indexOf(variable)}`);
  const source = `return (seed, ${reads.map((_, k) => `x${k}`).join(", ")}) => { ${statements.lines.join(" ")} return seed === 0 || ${p} === 0 ? 0 : ${p} * seed; }`;
  return new Function(...statements.functions.map((_, k) => `f${k}`), source)(...statements.functions) as never;
}

function strong(p: number, t: number): number {
  return p === 0 || t === 0 ? 0 : p * t;
}

/** Partials as statements over the loop's operands from `first` on. */
function written(partials: readonly (Expression | number)[], first: number): { statements: Statements; texts: string[]; reads: readonly number[] } {
  const reads: number[] = [];
  const statements = new Statements();
  const texts = partials.map((partial) =>
    statements.text(partial, (variable) => {
      if (!reads.includes(variable)) reads.push(variable);
      return `x${first + reads.indexOf(variable)}`;
    }),
  );
  return { statements, texts, reads };
}

function scattered(reads: readonly number[], xs: readonly number[], first: number): number[] {
  const variables: number[] = [];
  reads.forEach((variable, j) => {
    variables[variable] = xs[first + j] as number;
  });
  return variables;
}

/** A number as an operand of loops, in memory that the next number in this place overwrites. */
const places: readonly Float64Array[] = Array.from({ length: 8 }, () => new Float64Array(1));

export function numberAt(place: number, x: number, stride: readonly number[]): Strided {
  const data = (places[place] ?? new Float64Array(1)) as Float64Array;
  data[0] = x;
  return { data, stride, offset: 0 };
}

const stills: number[][] = [];

/** Strides that repeat one entry along all axes. */
export function still(rank: number): readonly number[] {
  let stride = stills[rank];
  if (stride === undefined) {
    stride = new Array<number>(rank).fill(0);
    stills[rank] = stride;
  }
  return stride;
}

/** The strides of an array read with a larger shape, that it broadcasts to. */
export function broadcastStride(own: readonly number[], stride: readonly number[], shape: readonly number[]): readonly number[] {
  const lead = shape.length - own.length;
  const wide = new Array<number>(shape.length).fill(0);
  for (let k = 0; k < own.length; k++) if (own[k] !== 1) wide[lead + k] = stride[k] as number;
  return wide;
}
