import { test } from "uvu";
import * as assert from "uvu/assert";
import type { FloatData } from "../../../lib/nd/float-array.js";
import { forbidCompiling } from "../../../lib/nd/loops/compiled.js";
import { ownLoops } from "../../../lib/nd/loops/own-loops.js";

const outside = 1;

function total(x: FloatData): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] as number;
  return sum;
}

function leaning(x: FloatData): number {
  return x.length + outside;
}

const [doubles, singles] = [Float64Array.of(1, 2, 0.5), Float32Array.of(1, 2, 0.5)];
const idle: [FloatData] = [new Float64Array(0)];

test("each kind has a copy of its own, and one kind always the same; mixed kinds have the loop as written", () => {
  const loopsFor = ownLoops({ total }, { total: idle });
  const [ofDoubles, ofSingles] = [loopsFor(doubles, doubles).total, loopsFor(singles, singles).total];
  assert.is.not(ofDoubles, total);
  assert.is.not(ofSingles, total);
  assert.is.not(ofDoubles, ofSingles);
  assert.is(loopsFor(doubles, doubles).total, ofDoubles);
  assert.is(loopsFor(singles, singles).total, ofSingles);
  assert.is(loopsFor(doubles, singles).total, total);
  assert.is(loopsFor(singles, doubles).total, total);
  assert.is(ofDoubles(doubles), 3.5);
  assert.is(ofSingles(singles), 3.5);
});

test("a loop that needs what is outside of it runs as written", () => {
  const loopsFor = ownLoops({ leaning }, { leaning: idle });
  assert.is(loopsFor(doubles, doubles).leaning, leaning);
  assert.is(loopsFor(singles, singles).leaning(singles), 4);
});

test("where code from text is forbidden all loops run as written", () => {
  const loopsFor = ownLoops({ total }, { total: idle });
  forbidCompiling(true);
  try {
    assert.is(loopsFor(doubles, doubles).total, total);
    assert.is(loopsFor(singles, singles).total, total);
  } finally {
    forbidCompiling(false);
  }
});

test.run();
