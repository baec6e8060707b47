import { test } from "uvu";
import {
  type AnyArray,
  add,
  array,
  div,
  exp,
  expandDims,
  gradient,
  hvp,
  log,
  logsumexp,
  mul,
  type NdArray,
  type Scalar,
  sub,
  sum,
} from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { build, decimals } from "../helpers/layouts.js";

const cost = mul(0.3, decimals([4, 3], 81));
const rows = array([0.1, 0.4, 0.3, 0.2]);
const cols = array([0.5, 0.2, 0.3]);
const epsilon = 0.9;

/**
 * The entropic cost of moving one histogram onto another, by Sinkhorn's iterations on the potentials: ⟨f, a⟩ + ⟨g, b⟩.
 * Source: M. Cuturi, Sinkhorn distances (2013).
 */
function transport(cost: AnyArray): readonly [value: Scalar, plan: AnyArray] {
  let g: AnyArray = mul(0, cols);
  let f: AnyArray = mul(0, rows);
  for (let k = 0; k < 60; k++) {
    f = mul(epsilon, sub(log(rows), logsumexp(div(sub(g, cost), epsilon), { axis: 1 })));
    g = mul(epsilon, sub(log(cols), logsumexp(div(sub(expandDims(f, 1), cost), epsilon), { axis: 0 })));
  }
  const plan = exp(div(sub(add(expandDims(f, 1), g), cost), epsilon));
  return [add(sum(mul(f, rows)), sum(mul(g, cols))) as Scalar, plan];
}

test("the plan has the histograms as its margins", () => {
  const [, plan] = transport(cost);
  assertClose(sum(plan, { axis: 1 }), rows, { rtol: 1e-10 });
  assertClose(sum(plan, { axis: 0 }), cols, { rtol: 1e-10 });
});

test("the gradient of the cost by the cost matrix is the plan, through all iterations", () => {
  const [, plan] = transport(cost);
  assertClose(gradient((c: AnyArray) => transport(c)[0], cost)[0], plan, { rtol: 1e-9 });
});

test("its second derivative is symmetric, and keeps the margins", () => {
  const value = (c: AnyArray): Scalar => transport(c)[0];
  const [u, v] = [decimals([4, 3], 82), decimals([4, 3], 83)];
  const [hu, hv] = [hvp(value, cost, u), hvp(value, cost, v)] as [NdArray, NdArray];
  assertClose(sum(mul(hu, v)), sum(mul(hv, u)), { rtol: 1e-8 });
  assertClose(
    sum(hu, { axis: 1 }),
    build([4], () => 0),
    { atol: 1e-8 },
  );
  assertClose(
    sum(hu, { axis: 0 }),
    build([3], () => 0),
    { atol: 1e-8 },
  );
});

test.run();
