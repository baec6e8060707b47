import { test } from "uvu";
import * as assert from "uvu/assert";
import { rrule, ruleOf } from "../../lib/index.js";
import * as arithmetic from "../../rules/arithmetic.js";
import * as elementary from "../../rules/elementary.js";
import * as piecewise from "../../rules/piecewise.js";

/** The names of the catalogue, group by group. */
const catalogue: readonly (readonly [group: object, names: string])[] = [
  [arithmetic, "add sub mul div neg square reciprocal pow fma mod rem"],
  [
    elementary,
    "sqrt cbrt exp exp2 exp10 expm1 log log2 log10 log1p sin cos tan sec csc cot asin acos atan atan2 sinh cosh tanh asinh acosh atanh " +
      "sinpi cospi sinc hypot deg2rad rad2deg",
  ],
  [piecewise, "abs sign maximum minimum clip where round floor ceil trunc fround copysign ldexp"],
];

for (const [group, names] of catalogue) {
  test(`the group of ${names.split(" ")[0]} has each function of the catalogue and no other, with both rules written`, () => {
    assert.equal(Object.keys(group).sort(), names.split(" ").sort());
    for (const [name, f] of Object.entries(group)) {
      assert.is(f.name, name);
      assert.equal([ruleOf(f)?.name, ruleOf(f)?.derived], [name, []]);
    }
  });
}

test("the rules are found by the function of Math too", () => {
  const [y, back] = rrule(Math.sin, 1) as readonly [number, (ybar: number) => readonly unknown[]];
  assert.equal([y, back(2)[1]], [Math.sin(1), 2 * Math.cos(1)]);
});

test.run();
