import { test } from "uvu";
import * as assert from "uvu/assert";
import { trial } from "./fuzz.js";

test("300 random programs: plain, forward, reverse and finite differences agree", () => {
  let smooth = 0;
  for (let seed = 1; seed <= 300; seed++) {
    const { code, fault, smooth: differences } = trial(seed);
    assert.is(fault, undefined, `seed ${seed}: ${fault}\n${code}`);
    if (differences) smooth++;
  }
  assert.ok(smooth > 200, `differences could tell in ${smooth} of 300`);
});

test.run();
