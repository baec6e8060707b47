import { createRequire } from "node:module";
import type { Answer } from "../answer.js";
import type { Peer } from "./peer.js";
import * as given from "./programs.js";

/** A tensor of adnn: Float64Array under the shape. */
interface Tensor {
  readonly data: Float64Array;
}

/** A number or a tensor on its graph. */
interface Node {
  readonly x: number | Tensor;
  readonly dx: number | Tensor;
  backprop(): void;
}

type Operand = Node | number | Tensor;
type Functions = Readonly<Record<string, (...xs: unknown[]) => Operand>>;

/** The part of adnn that is used here; it has no types. */
interface Adnn {
  readonly scalar: Functions;
  readonly tensor: Functions & { toScalars(x: Operand): Node[] };
  lift(x: number | Tensor): Node;
  newUnaryFunction(options: object): (x: Operand) => Operand;
}

/** adnn: a graph of scalars and tensors in plain JavaScript. */
export async function adnn(): Promise<Peer> {
  const require = createRequire(import.meta.url);
  const ad = require("adnn/ad") as Adnn;
  const Tensor = require("adnn/tensor") as new (shape: number[]) => Tensor & { fromFlatArray(data: ArrayLike<number>): Tensor };
  const { scalar: s, tensor: t } = ad;
  const tensor = (data: Float64Array): Tensor => new Tensor([data.length]).fromFlatArray(data);
  const entriesOf = (x: number | Tensor): number | Float64Array => (typeof x === "number" ? x : x.data);

  const run =
    (f: (...xs: Node[]) => Operand, ...inputs: (number | Tensor)[]): (() => Answer) =>
    () => {
      const xs = inputs.map((x) => ad.lift(x));
      const y = f(...xs) as Node;
      y.backprop();
      return { value: y.x as number, gradient: xs.map(({ dx }) => entriesOf(dx)) };
    };

  const { n, pairs, positions } = given;
  const matrix = tensor(given.matrix);
  const [threes, twos] = [given.rangesOf(3), given.rangesOf(2)];

  const pooledByRule = ad.newUnaryFunction({
    OutputType: Tensor,
    name: "poolSum",
    forward: (x: Tensor) => {
      const y = new Tensor([34 * 50]);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) (y.data[Math.floor(i / 3) * 50 + (j >> 1)] as number) += x.data[i * n + j] as number;
      return y;
    },
    backward(this: Node, x: Node) {
      const [seeds, xbar] = [(this.dx as Tensor).data, (x.dx as Tensor).data];
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) (xbar[i * n + j] as number) += seeds[Math.floor(i / 3) * 50 + (j >> 1)] as number;
    },
  });
  const maximumByRule = ad.newUnaryFunction({
    OutputType: Number,
    name: "mymaximum",
    forward: ({ data }: Tensor) => data.reduce((most, entry) => Math.max(most, entry)),
    backward(this: { x: number; dx: number }, x: Node) {
      const [{ data }, { data: xbar }] = [x.x as Tensor, x.dx as Tensor];
      (xbar[data.indexOf(this.x)] as number) += this.dx;
    },
  });
  const pooledByEntries = (x: Node): Operand => {
    const entries = t.toScalars(x);
    const squares: Operand[] = [];
    for (const [top, bottom] of threes) {
      for (const [left, right] of twos) {
        let total: Operand = 0;
        for (let i = top; i < bottom; i++) for (let j = left; j < right; j++) total = s["add"]?.(total, entries[i * n + j]) as Operand;
        squares.push(s["mul"]?.(total, total) as Operand);
      }
    }
    return s["sum"]?.(squares) as Operand;
  };
  const rosenbrock = (x: Node): Operand => {
    const entries = t.toScalars(x);
    const { add, sub, mul } = s as Record<"add" | "sub" | "mul", (a: Operand, b: Operand) => Operand>;
    let total: Operand = 0;
    for (let i = 0; i + 1 < entries.length; i++) {
      const a = entries[i] as Node;
      const valley = sub(entries[i + 1] as Node, mul(a, a));
      const slope = sub(1, a);
      total = add(total, add(mul(100, mul(valley, valley)), mul(slope, slope)));
    }
    return total;
  };
  const rotary = (x: Node, angles: Node): Operand => {
    const { add, sub, mul } = s as Record<"add" | "sub" | "mul", (a: Operand, b: Operand) => Operand>;
    const [entries, thetas] = [t.toScalars(x), t.toScalars(angles)];
    const terms: Operand[] = [];
    for (let k = 0; k < pairs; k++) {
      for (let p = 0; p < positions; p++) {
        const angle = mul(p + 1, thetas[k] as Node);
        const [sine, cosine] = [s["sin"]?.(angle) as Operand, s["cos"]?.(angle) as Operand];
        const at = 2 * k * positions + p;
        const [even, odd] = [entries[at] as Node, entries[at + positions] as Node];
        terms.push(mul(sub(mul(even, cosine), mul(odd, sine)), given.weights[at] as number));
        terms.push(mul(add(mul(odd, cosine), mul(even, sine)), given.weights[at + positions] as number));
      }
    }
    return s["sum"]?.(terms) as Operand;
  };
  const sumOf = (x: unknown): Operand => t["sumreduce"]?.(x) as Operand;
  const squared = (x: Operand): Operand => t["mul"]?.(x, x) as Operand;
  const line = tensor(given.line);
  return {
    name: "adnn",
    package: "adnn",
    precision: "float64",
    tolerance: 1e-9,
    programs: {
      f1: {
        loops: () => run((x, y) => s["add"]?.(s["mul"]?.(x, x), s["mul"]?.(3, y)) as Operand, given.point.x, given.point.y)(),
      },
      square: { arrays: run((x) => sumOf(squared(x as Node)), line) },
      exp: { arrays: run((x) => sumOf(t["exp"]?.(x)), line) },
      poolSum: {
        rule: run((x) => sumOf(squared(pooledByRule(x as Node))), matrix),
        loops: run((x) => pooledByEntries(x as Node), matrix),
      },
      maximum: {
        rule: run((x) => maximumByRule(x as Node), matrix),
        loops: run((x) => t.toScalars(x as Node).reduce((a, b) => s["max"]?.(a, b) as Node), matrix),
      },
      rotary: { loops: run((x, angles) => rotary(x as Node, angles as Node), tensor(given.states), tensor(given.theta)) },
      rosenbrock: { loops: run((x) => rosenbrock(x as Node), tensor(given.valley)) },
    },
  };
}
