import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyFunction, rrule, ruleOf } from "../../../lib/index.js";
import { sectionsOf } from "../../rules-page/sections.js";

/** The names of the catalogue, section by section. */
const catalogue: Readonly<Record<string, string>> = {
  Arithmetic: "add sub mul div neg square reciprocal pow fma mod rem",
  "Elementary functions":
    "sqrt cbrt exp exp2 exp10 expm1 log log2 log10 log1p sin cos tan sec csc cot asin acos atan atan2 sinh cosh tanh asinh acosh atanh " +
    "sinpi cospi sinc hypot deg2rad rad2deg",
  "Piecewise functions": "abs sign maximum minimum clip where round floor ceil trunc fround copysign ldexp",
};

const sections = await sectionsOf(["elementwise"]);

for (const [title, list] of Object.entries(catalogue)) {
  test(`${title}: each function of the catalogue`, () => {
    const section = sections.find((each) => each.title === title);
    assert.equal(
      list.split(" ").filter((name) => !section?.names.includes(name)),
      [],
    );
  });
}

for (const { title, names, group } of sections) {
  test(`${title}: each function bears its name, with both rules written`, () => {
    for (const name of names) {
      const f = group[name] as AnyFunction;
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
