import { test } from "uvu";
import * as assert from "uvu/assert";
import { derivative, gradient, mul, type Scalar } from "../../lib/index.js";
import type { Tape } from "../../lib/reverse/tape.js";
import { returnTape, takeTape } from "../../lib/reverse/tape-pool.js";

// Tapes are used again: at most eight, of at most 16 MB together; a larger one only while memory is not needed.

const limit = 2 ** 24;

/** Empties the pool; what comes then is new. */
function drained(): Tape[] {
  return Array.from({ length: 20 }, () => takeTape());
}

/** A new tape with room for so many slots. */
function tapeOf(slots: number): Tape {
  const tape = takeTape();
  for (let k = 0; k < slots; k++) tape.leaf();
  return tape;
}

/** Which of these tapes come again, in the order in which they come. */
function again(tapes: readonly Tape[]): Tape[] {
  return drained().filter((tape) => tapes.includes(tape));
}

test("of twenty small tapes eight are kept", () => {
  const tapes = drained();
  for (const tape of tapes) returnTape(tape);
  assert.is(again(tapes).length, 8);
});

test("tapes of more than 16 MB together are not kept, but for one that may go any time", () => {
  drained();
  const tapes = Array.from({ length: 8 }, () => tapeOf(140_000));
  const { bytes } = tapes[0] as Tape;
  const fit = Math.floor(limit / bytes);
  assert.ok(fit >= 1 && fit < 7, `${bytes} bytes`);
  for (const tape of tapes) returnTape(tape);
  assert.is(again(tapes).length, fit + 1);
});

test("a tape too large to be kept is found again as long as somebody else holds it, once", () => {
  drained();
  const tape = tapeOf(800_000);
  assert.ok(tape.bytes > limit);
  returnTape(tape);
  assert.equal(again([tape]).length, 1);
  assert.equal(again([tape]).length, 0);
});

test("a tape that is taken again and again stays", () => {
  drained();
  const tape = tapeOf(20_000);
  const times = 2 * Math.ceil(limit / tape.bytes);
  for (let k = 0; k < times; k++) {
    returnTape(tape);
    assert.is(takeTape(), tape, `time ${k}`);
    assert.is(tape.size, 0);
  }
});

test("a tape that comes again carries nothing of its last use", () => {
  drained();
  const made: Scalar[] = [];
  derivative((y) => {
    const [g] = gradient((x) => {
      made.push(x);
      return mul(mul(x, y), mul(x, y));
    }, 3) as [Scalar];
    return g;
  }, 2);
  const { tape } = (made[0] as unknown as { level: { tape: Tape } }).level;
  const same = drained().find((each) => each === tape);
  assert.is(same, tape);
  assert.is(tape.carried, undefined);
  assert.is(tape.cotangents, 0);
  assert.equal([tape.size, tape.entries, tape.records.length, tape.traced.length, tape.arrays.length], [0, 0, 0, 0, 0]);
  assert.ok(tape.speeds.length > 0 && tape.speeds.every((speed) => speed === 0));
});

test.run();
