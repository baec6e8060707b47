import { test } from "uvu";
import * as assert from "uvu/assert";
import { liveIn } from "../../perf/lived-in.js";
import { chosen } from "../../perf/plan.js";
import { suites } from "../../perf/suites/index.js";

const namesOf = (plan: ReturnType<typeof chosen>) => plan.map(([suite, programs]) => `${suite.name}: ${programs.length}`);

test("without names all programs are measured", () => {
  assert.equal(
    namesOf(chosen(suites, [], "default")),
    suites.map((suite) => `${suite.name}: ${suite.programs("default").length}`),
  );
});

test("the name of a suite means all of it, and is not looked for in programs", () => {
  const all = suites.find(({ name }) => name === "lab")?.programs("default").length;
  assert.equal(namesOf(chosen(suites, ["lab"], "default")), [`lab: ${all}`]);
});

test("other names mean the programs that contain them", () => {
  assert.equal(
    chosen(suites, ["layerNorm"], "default").map(([{ name }, programs]) => [name, programs]),
    [["arrays", ["Σ w layerNorm(x, gain, bias)"]]],
  );
  assert.equal(chosen(suites, ["nothing of the kind"], "default"), []);
});

test("names are given once in a suite", () => {
  for (const effort of ["default", "thorough"] as const) {
    for (const suite of suites) {
      const names = suite.programs(effort).map(({ name }) => name);
      assert.equal(names.length, new Set(names).size, suite.name);
    }
  }
});

test("the program that uses the library before something is timed runs through", () => {
  assert.not.throws(() => liveIn(1));
});

test.run();
