/** A value that a loop writes, as text. */
export interface LoopResult {
  readonly text: string;
  /** What it is where `text` gives NaN. */
  readonly exact?: string | undefined;
}

/** What a loop does at one place, as text. `x0`, `x1`, … are the entries of its operands there; the first ones are written. */
export interface LoopBody {
  /** In messages and profiles. */
  readonly name: string;
  readonly operands: number;
  /** The value of each operand that is written, in order. */
  readonly results: readonly LoopResult[];
  /** Bit k is set where operand k is added to. */
  readonly adds: number;
  /** Statements that stand before the results; the names that they define begin with t or r. */
  readonly statements: string;
  /** Statements before the loop, over operands that stand still. */
  readonly before?: string | undefined;
  /** Whether operand 0 is read after it was written, as x0, by the statements and the other results. */
  readonly rereads?: boolean | undefined;
  /** Whether the loop returns the sum of what it writes to operand 0. */
  readonly sums?: boolean | undefined;
  /** What the text names besides. */
  readonly known: Readonly<Record<string, unknown>>;
}

/** Which operands a loop is made for. */
export interface LoopKind {
  readonly body: LoopBody;
  /** Bit k is set where operand k repeats one entry: one that is read is a constant, one that is written takes the sum. */
  readonly still: number;
  /** Whether all memory is of doubles. */
  readonly doubles: boolean;
}

/** How many places one turn of a loop handles: 0.4 ns an entry instead of 0.8 where little is done at each. */
const LANES = 4;
/** Above so many characters of text, calls of functions outweigh the turn of the loop. */
const SHORT = 300;

export const isStillIn = ({ still }: LoopKind, k: number): boolean => ((still >> k) & 1) === 1;

/** The operands that are written and repeat one entry. */
const sumsOf = (kind: LoopKind): number[] => kind.body.results.flatMap((_, k) => (isStillIn(kind, k) ? [k] : []));

/** The operands that do not repeat one entry. */
export const movingIn = (kind: LoopKind): number[] =>
  Array.from({ length: kind.body.operands }, (_, k) => k).filter((k) => !isStillIn(kind, k));

function lanesFor({ body, doubles }: LoopKind): number {
  const length = body.statements.length + body.results.reduce((sum, { text }) => sum + text.length, 0);
  return doubles && length <= SHORT ? LANES : 1;
}

/** One place: what is computed there, the names that must not be NaN with what they are then, and what is written. */
interface Lane {
  readonly computed: string;
  readonly exact: readonly (readonly [name: string, exact: string])[];
  readonly written: string;
}

function laneText(kind: LoopKind, lane: number, at: (k: number) => string): Lane {
  const { body, doubles } = kind;
  const targets = body.results.length;
  const local = (text: string): string =>
    text.replaceAll(/\b([xtr])(\d+)\b/g, (name, kindOf: string, k: string) =>
      kindOf === "x" && isStillIn(kind, Number(k)) ? name : `${name}_${lane}`,
    );
  const computed: string[] = [];
  const written: string[] = [];
  const exact: [string, string][] = [];
  for (let k = targets; k < body.operands; k++) if (!isStillIn(kind, k)) computed.push(local(`const x${k} = `), `m${k}[${at(k)}];`);
  if (body.rereads !== true) computed.push(local(body.statements));
  body.results.forEach((result, k) => {
    const name = `e${k}_${lane}`;
    computed.push(`let ${name} = ${local(result.text)};`);
    if (result.exact !== undefined) exact.push([name, local(result.exact)]);
    const sign = (body.adds >> k) & 1 ? "+=" : "=";
    const write = isStillIn(kind, k) ? `c${k}_${lane} += ${name};` : `m${k}[${at(k)}] ${sign} ${name};`;
    if (k === 0 && body.sums === true) written.push(`s_${lane} += ${name};`);
    if (k > 0 || body.rereads !== true) written.push(write);
    else computed.push(doubles ? `const x0_${lane} = ${name};` : `${write} const x0_${lane} = m0[${at(0)}];`, local(body.statements));
    if (k === 0 && body.rereads === true && doubles) written.push(write);
  });
  return { computed: computed.join(" "), exact, written: written.join(" ") };
}

/** Computes all of these places, then looks once whether one of them is NaN, then writes. */
function turn(lanes: readonly Lane[]): string {
  const exact = lanes.flatMap((lane) => lane.exact);
  const sum = exact.map(([name]) => name).join(" + ");
  const check =
    exact.length === 0
      ? ""
      : `const q = ${sum}; if (q !== q) { ${exact.map(([name, text]) => `if (${name} !== ${name}) ${name} = ${text};`).join(" ")} }`;
  return `${lanes.map(({ computed }) => computed).join("\n")} ${check} ${lanes.map(({ written }) => written).join(" ")}`;
}

/**
 * The loop over places `from` to n, from what stands before it to what stands behind. Sums are kept in as many running sums as there are places in a
 * turn, and added up as `sumData` does.
 * @param at the position of operand k at place `i`, given what is to be added to i
 * @param sum where the sum of operand k goes
 */
export function loopText(kind: LoopKind, at: (k: number, shift: number) => string, sum: (k: number) => string): string {
  const lanes = lanesFor(kind);
  const running = Array.from({ length: lanes }, (_, lane) => lane);
  const totals = sumsOf(kind);
  const names = [...totals.map((k) => `c${k}`), ...(kind.body.sums === true ? ["s"] : [])];
  const added = (name: string): string => (lanes === 1 ? `${name}_0` : `(${name}_0 + ${name}_1 + (${name}_2 + ${name}_3))`);
  const opening = names.flatMap((name) => running.map((lane) => `let ${name}_${lane} = 0;`)).join(" ");
  const single = `for (; i < n; i++) { ${turn([laneText(kind, 0, (k) => at(k, 0))])} }`;
  const many = `for (const end = n - ${lanes - 1}; i < end; i += ${lanes}) { ${turn(running.map((lane) => laneText(kind, lane, (k) => at(k, lane))))} }`;
  const closing = totals.map((k) => `${sum(k)} += ${added(`c${k}`)};`).join(" ");
  const total = kind.body.sums === true ? `total += ${added("s")};` : "";
  return `{ ${opening} let i = from; ${lanes > 1 ? many : ""} ${single} ${closing} ${total} }`;
}
