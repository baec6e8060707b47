import * as lib from "../lib/index.js";
import { isNdArray, rowMajor } from "../lib/nd/index.js";
import { drawn, integers } from "./inputs.js";

type Operand = lib.Operand;
/** A function of one operand; of another array or number where it takes two. */
type Elementwise = (x: Operand, y?: Operand) => Operand;

/** The operators, with types wide enough for operands of all kinds. */
const { derivative, gradient, hvp, pushforward } = lib as unknown as Readonly<
  Record<"derivative" | "gradient" | "hvp" | "pushforward", (...args: readonly unknown[]) => unknown>
>;
const catalogue = lib as unknown as Readonly<Record<string, Elementwise>>;
const functionsOf = (names: string): Elementwise[] => names.split(" ").map((name) => catalogue[name] as Elementwise);

const unary = functionsOf(
  "exp log sin cos tan tanh sqrt square neg abs relu sigmoid softplus gelu expm1 log1p atan asinh reciprocal floor silu",
);
const binary = functionsOf("add sub mul div maximum minimum pow hypot atan2 logaddexp");

/** Functions of a matrix that are not elementwise. */
const ofMatrices: readonly ((x: lib.AnyArray) => Operand)[] = [
  (x) => lib.mean(x, { axis: 0 }),
  (x) => lib.max(x, { axis: 1 }),
  (x) => lib.prod(x, { axis: 0 }),
  (x) => lib.variance(x),
  (x) => lib.norm(x),
  (x) => lib.logsumexp(x, { axis: 1 }),
  (x) => lib.softmax(x),
  (x) => lib.cumsum(x),
  (x) => lib.sort(x),
  (x) => lib.slice(x, [[1], [0, -1]]),
  (x) => lib.transpose(x),
  (x) => lib.reshape(x, [-1]),
  (x) => lib.concat([x, x]),
  (x) => lib.stack([x, x]),
  (x) => lib.pad(x, 1),
  (x) => lib.take(x, [0, 2, 0]),
  (x) => lib.matmul(x, lib.transpose(x)),
  (x) => lib.outer(lib.slice(x, [0, null]), lib.slice(x, [null, 0])),
  (x) => lib.layerNorm(x),
];

/** Packed and strided arrays of both precisions, integers, and arrays that broadcast with the first one. */
function arraysOfAllKinds(): lib.NdArray[] {
  const shape = [6, 8];
  return [
    rowMajor(drawn([0.2, 0.8], 48, 1), shape),
    rowMajor(new Float32Array(drawn([0.2, 0.8], 48, 2)), shape),
    rowMajor(drawn([0.2, 0.8], 192, 3), [12, 16]).step(2, 2),
    rowMajor(drawn([0.2, 0.8], 48, 4), [8, 6]).transpose(1, 0),
    rowMajor(integers(48, 5, 5), shape),
    rowMajor(drawn([0.2, 0.8], 8, 6), [8]),
    rowMajor(drawn([0.2, 0.8], 6, 7), [6, 1]),
  ];
}

const total = (y: Operand): lib.Scalar => (isNdArray(y) ? lib.sum(y as lib.AnyArray) : (y as lib.Scalar));

/** Calls a function of one operand in both modes and all nestings. */
function differentiate(f: (x: Operand) => Operand, x: Operand): void {
  if (isNdArray(x) && !x.dtype.startsWith("float")) {
    f(x as lib.NdArray);
    return;
  }
  const g = (a: Operand): lib.Scalar => total(f(a));
  gradient(g, x);
  pushforward(f, [x], [x]);
  gradient((a: Operand) => total((gradient(g, a) as readonly [Operand])[0]), x);
  if (isNdArray(x)) {
    hvp(g, x, x);
  } else {
    derivative((a: Operand) => derivative(g, a), x);
    gradient((a: Operand) => derivative(g, a), x);
  }
}

/**
 * Uses the library as a program that has run for a while has: fifty functions on numbers and on arrays of all kinds, in both modes and nested.
 * What is measured afterwards is not flattered by caches that have met one kind of operand alone.
 */
export function liveIn(times: number): void {
  const arrays = arraysOfAllKinds();
  const [first] = arrays as [lib.NdArray];
  for (let k = 0; k < times; k++) {
    for (const f of unary) for (const x of [0.5, ...arrays]) differentiate((a) => f(a), x);
    for (const f of binary) {
      for (const x of [0.25, ...arrays]) {
        differentiate((a) => f(a, 2), x);
        for (const y of [0.75, first]) {
          gradient((a: Operand, b: Operand) => total(f(a, b)), x, y);
          pushforward(f, [x, y], [x, y]);
        }
      }
    }
    for (const f of ofMatrices) for (const x of arrays.slice(0, 4)) differentiate(f as Elementwise, x);
  }
}
