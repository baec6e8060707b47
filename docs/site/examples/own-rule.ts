// A rule of your own, tested
//
// Kepler's equation E − e sin E = M tells where a planet stands. E is found by
// iteration; its derivatives need no iteration, since they follow from the
// equation itself: ∂E/∂M = 1 / (1 − e cos E), ∂E/∂e = sin E / (1 − e cos E).
// The kit tests the rule in both modes and to second order, and uvu runs the
// tests. Break a partial, and run again.
import { array, differentiable, gradient, scalarRule } from "cotangent";
import { testRule } from "cotangent/testing";
import { plot } from "page";
import { test } from "uvu";
import * as assert from "uvu/assert";

/** The eccentric anomaly E, in rad, for a mean anomaly M, in rad, and an eccentricity 0 ≤ e < 1; Newton's method. */
function anomaly(M: number, e: number): number {
  let E = e < 0.8 ? M : Math.PI;
  for (let k = 0; k < 50; k++) {
    const step = (E - e * Math.sin(E) - M) / (1 - e * Math.cos(E));
    E -= step;
    if (Math.abs(step) < 1e-15) break;
  }
  return E;
}

const partials = differentiable((E: number, _M: number, e: number): number[] => {
  const slope = 1 / (1 - e * Math.cos(E));
  return [slope, Math.sin(E) * slope];
});

const kepler = scalarRule(anomaly, partials, { name: "kepler" });

test("the value solves the equation", () => {
  const E = kepler(1.2, 0.3);
  assert.ok(Math.abs(E - 0.3 * Math.sin(E) - 1.2) < 1e-14);
});

test("the rule holds for numbers", () => {
  testRule(kepler, 1.2, 0.3);
  testRule(kepler, 2.9, 0.7);
});

test("the rule holds for arrays", () => testRule(kepler, array([0.1, 1, 2, 3]), 0.5));

test.run();

console.log("by M and by e:", gradient(kepler, 1.2, 0.3));
const M = Array.from({ length: 101 }, (_, k) => (k / 100) * 2 * Math.PI);
plot({
  title: "How the anomaly answers to the eccentricity",
  x: { label: "mean anomaly M", unit: "rad" },
  y: { label: "∂E/∂e", unit: "rad" },
  series: [0.1, 0.5, 0.8].map((e) => ({ label: `e = ${e}`, x: M, y: M.map((m) => gradient(kepler, m, e)[1]) })),
});
