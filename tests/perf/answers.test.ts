import { test } from "uvu";
import * as assert from "uvu/assert";
import { disagreements } from "../../perf/agreement.js";
import type { Program } from "../../perf/program.js";
import {
  chainProgram,
  distancePrograms,
  f1Program,
  maximumProgram,
  poolSumPrograms,
  rosenbrockProgram,
  rotaryProgram,
} from "../../perf/programs/lab.js";

/** Every benchmark at a small size, with ragged blocks. */
const programs: readonly Program[] = [
  f1Program(),
  maximumProgram(7, true),
  ...Object.values(poolSumPrograms(11)),
  ...distancePrograms(11, 4),
  rotaryProgram(6, 5, true),
  chainProgram(40),
  rosenbrockProgram(6),
];

for (const program of programs) {
  test(`${program.name}: ${Object.keys(program.variants).join(", ")} give the same value and gradient`, () => {
    assert.equal(disagreements(program), []);
  });
}

const honest = () => ({ value: 1, gradient: [2, Float64Array.of(3, 4)] });

test("a variant with another value is found", () => {
  const wrong = disagreements({ name: "made up", variants: { hand: honest, rule: () => ({ ...honest(), value: 1.001 }) } });
  assert.equal(wrong, ["made up: rule gives 1.001, the hand-written loop 1"]);
});

test("a variant with one wrong entry in its gradient is found", () => {
  const traced = () => ({ value: 1, gradient: [2, Float64Array.of(3, 4.004)] });
  const wrong = disagreements({ name: "made up", variants: { hand: honest, traced } });
  assert.is(wrong.length, 1);
  assert.match(
    wrong[0] as string,
    /^made up: the gradient by traced differs from the hand-written one by 0\.00099\d+ of its largest entry$/,
  );
});

test("a gradient with an argument too few is found", () => {
  const contrast = () => ({ value: 1, gradient: [2] });
  const wrong = disagreements({ name: "made up", variants: { hand: honest, contrast } });
  assert.equal(wrong, ["made up: the gradient by contrast has 1 entries, the hand-written one 3"]);
});

test.run();
