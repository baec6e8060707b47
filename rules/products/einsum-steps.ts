import { type AnyFunction, addedTo, linearRule } from "../../lib/core/index.js";
import { isNdArray, type NdArray, rowMajor, sameShape } from "../../lib/nd/index.js";
import { type AxisLabels, addRearranged, rearranged } from "../../lib/nd/products/contraction.js";
import { type Contraction, contractionRule } from "./contraction-rule.js";
import { subscriptsOf } from "./einsum-subscripts.js";

/** What becomes of one operand's axes. */
interface AxisPlan {
  readonly labels: AxisLabels;
  readonly out: AxisLabels;
  readonly shape: readonly number[];
}

/** One step: a differentiable map of one or two values, with its plan as the last argument. The value goes to the end of the list. */
export interface Step {
  readonly map: AnyFunction;
  readonly from: readonly number[];
  readonly plan: AxisPlan | Contraction;
}

function asArray(x: number | NdArray): NdArray {
  return typeof x === "number" ? rowMajor([x], []) : x;
}

/**
 * One operand's diagonals and sums.
 *   ẏ = rearrange(ẋ)             x̄ = ȳ on the diagonals, repeated along the summed axes
 */
const rearrange: AnyFunction = linearRule(
  (x: number | NdArray, { labels, out, shape }: AxisPlan) => {
    const y = rearranged(asArray(x), labels, out, shape);
    return shape.length === 0 ? y.get() : y;
  },
  (ybar: number | NdArray, x: number | NdArray, { labels, out }: AxisPlan) => {
    if (typeof x === "number") return ybar;
    return addedTo(x, (acc) => addRearranged(acc, labels, asArray(ybar), out));
  },
  { name: "einsum of one" },
);

/** A sum of products of two. */
const contractPair: AnyFunction = contractionRule("einsum of two", (_, __, plan: Contraction) => plan, { numbers: true });

/** A value on the way: its place in the list, its axes and their extents. */
interface Held {
  readonly at: number;
  readonly labels: AxisLabels;
  readonly extents: readonly number[];
}

/** Extents of axes: the larger one, since an extent of 1 broadcasts. */
function extentIn(held: readonly Held[], label: number): number {
  const extents = held.map(({ labels, extents }) => extents[labels.indexOf(label)] ?? 1);
  return extents.find((extent) => extent !== 1) ?? 1;
}

/** The two of which the product is cheapest, by the number of multiplications. */
function cheapestPair(held: readonly Held[]): readonly [Held, Held] {
  let best: readonly [Held, Held] | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [k, left] of held.entries()) {
    for (const right of held.slice(k + 1)) {
      const labels = new Set([...left.labels, ...right.labels]);
      const cost = [...labels].reduce((product, label) => product * extentIn([left, right], label), 1);
      if (best === undefined || cost < least) {
        best = [left, right];
        least = cost;
      }
    }
  }
  return best as readonly [Held, Held];
}

type Shapes = readonly (readonly number[])[];

/** The steps that each subscripts had last, and for which shapes: they are kept, since to find them takes 3 µs. */
const lately: Map<string, { readonly shapes: Shapes; readonly steps: readonly Step[] }> = new Map();
const mostKept = 64;

/**
 * The steps of an `einsum`: first every operand loses its diagonals and the axes that no other value has, then they are multiplied two by
 * two, the cheapest pair first.
 */
export function stepsOf(spec: string, xs: readonly unknown[]): readonly Step[] {
  const shapes = xs.map((x) => (isNdArray(x) ? x.shape : []));
  const last = lately.get(spec);
  if (last?.shapes.length === shapes.length && last.shapes.every((shape, k) => sameShape(shape, shapes[k] as readonly number[])))
    return last.steps;
  const steps = newSteps(spec, shapes);
  if (lately.size === mostKept) lately.clear();
  lately.set(spec, { shapes: shapes.map((shape) => [...shape]), steps });
  return steps;
}

function newSteps(spec: string, shapes: Shapes): readonly Step[] {
  const { operands, result, extents } = subscriptsOf(spec, shapes);
  const steps: Step[] = [];
  const resultShape = result.map((label) => extents.get(label) as number);
  const add = (step: Step, labels: AxisLabels, shape: readonly number[]): Held => {
    steps.push(step);
    return { at: shapes.length + steps.length - 1, labels, extents: shape };
  };
  const rearrangeTo = (at: number, labels: AxisLabels, out: AxisLabels, shape: readonly number[]): Held =>
    add({ map: rearrange, from: [at], plan: { labels, out, shape } }, out, shape);

  if (operands.length === 1) {
    rearrangeTo(0, operands[0] as AxisLabels, result, resultShape);
    return steps;
  }
  let held = operands.map((labels, k): Held => {
    const others = [...operands.filter((_, j) => j !== k), result].flat();
    const kept = [...new Set(labels)].filter((label) => others.includes(label));
    const shape = shapes[k] as readonly number[];
    if (kept.length === labels.length) return { at: k, labels, extents: shape };
    return rearrangeTo(
      k,
      labels,
      kept,
      kept.map((label) => shape[labels.indexOf(label)] as number),
    );
  });
  while (held.length > 1) {
    const [left, right] = cheapestPair(held);
    held = held.filter((each) => each !== left && each !== right);
    const needed = [...held.map(({ labels }) => labels), result].flat();
    const out = held.length === 0 ? result : [...new Set([...left.labels, ...right.labels])].filter((label) => needed.includes(label));
    const shape = out.map((label) => extentIn([left, right], label));
    const plan: Contraction = { left: left.labels, right: right.labels, out, shape };
    held.push(add({ map: contractPair, from: [left.at, right.at], plan }, out, shape));
  }
  return steps;
}
