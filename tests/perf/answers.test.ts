import { test } from "uvu";
import * as assert from "uvu/assert";
import { disagreements } from "../../perf/agreement.js";
import type { Program } from "../../perf/program.js";
import { broadcastPrograms } from "../../perf/programs/broadcasting.js";
import { elementwisePrograms } from "../../perf/programs/elementwise.js";
import { higherPrograms } from "../../perf/programs/higher.js";
import {
  chainProgram,
  distancePrograms,
  f1Program,
  maximumProgram,
  poolSumPrograms,
  rosenbrockProgram,
  rotaryProgram,
} from "../../perf/programs/lab.js";
import { factorizationPrograms, productsAgainstPacked } from "../../perf/programs/linalg.js";
import { lstmProgram, mixtureProgram, mlpProgram, poolPrograms, weightedRotaryPrograms } from "../../perf/programs/models.js";
import { attentionProgram, normalizationPrograms, windowPrograms } from "../../perf/programs/networks.js";
import { pendulumProgram } from "../../perf/programs/ode.js";
import { plainCallPrograms, plainPrograms } from "../../perf/programs/plain.js";
import { productPrograms } from "../../perf/programs/products.js";
import { reductionPrograms } from "../../perf/programs/reductions.js";
import { numberPrograms, smallArrayPrograms } from "../../perf/programs/scalars.js";
import { shapingPrograms } from "../../perf/programs/shaping.js";

/** Every benchmark at a small size, with ragged blocks. */
const programs: readonly Program[] = [
  f1Program(),
  maximumProgram(7, true),
  ...Object.values(poolSumPrograms(11)),
  ...distancePrograms(11, 4),
  rotaryProgram(6, 5, true),
  chainProgram(40),
  rosenbrockProgram(6),
  ...numberPrograms(40),
  ...smallArrayPrograms(),
  ...elementwisePrograms(200),
  ...broadcastPrograms(130),
  ...reductionPrograms(7),
  ...shapingPrograms(8),
  ...normalizationPrograms(6),
  ...windowPrograms(6),
  attentionProgram(5),
  ...productPrograms(7),
  ...factorizationPrograms(5),
  ...productsAgainstPacked(9),
  ...weightedRotaryPrograms(6, 5),
  ...poolPrograms(13),
  mixtureProgram(9, 4, 3),
  lstmProgram(4),
  mlpProgram("float64", 20, 7, 5, 6),
  mlpProgram("float32", 20, 7, 5, 6),
  pendulumProgram(3),
  ...higherPrograms(7, 5),
  ...plainPrograms(),
  ...plainCallPrograms(),
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
