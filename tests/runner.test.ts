import { test } from "uvu";
import * as assert from "uvu/assert";
import { runScript } from "./support/command.js";
import { leftIn } from "./support/left-in.js";
import { skip } from "./support/skip.js";

/** Each folder of tests/fixtures/runner: the exit code, the last line, and what the output must say. */
const outcomes: readonly [folder: string, code: number, lastLine: string, says: string][] = [
  ["green", 0, "2 passed, 0 failed, 0 skipped", "green.test.ts"],
  ["skips", 0, "1 passed, 0 failed, 1 skipped", "skipped: on the moon: no gravity there"],
  ["empty", 1, "0 passed, 1 failed, 0 skipped", "no test file in tests/fixtures/runner/empty"],
  ["silent", 1, "2 passed, 1 failed, 0 skipped", "silent.test.ts: registers no suite"],
  ["forgotten", 1, "1 passed, 1 failed, 0 skipped", "the suite second is never run"],
  ["late", 1, "1 passed, 1 failed, 0 skipped", "tests after the last test.run()"],
  ["only", 1, "1 passed, 1 failed, 0 skipped", "a left-in .only"],
  ["bare-skip", 1, "1 passed, 1 failed, 0 skipped", "a skip without a reason"],
  ["failing", 1, "1 passed, 1 failed, 0 skipped", '"fails"'],
  ["rejection", 1, "1 passed, 1 failed, 0 skipped", "left behind"],
  ["hook", 1, "0 passed, 1 failed, 0 skipped", "a hook threw"],
  ["broken", 1, "2 passed, 1 failed, 0 skipped", "broken.test.ts: cannot be imported"],
  ["hanging", 1, "0 passed, 1 failed, 0 skipped", "one of them never ends"],
];

const runOn = (folder: string, ...patterns: string[]) => runScript("tests/run.ts", "--dir", `tests/fixtures/runner/${folder}`, ...patterns);

test("ends with the right line and code in every case", async () => {
  const results = await Promise.all(outcomes.map(([folder]) => runOn(folder)));
  for (const [k, [folder, code, lastLine, says]] of outcomes.entries()) {
    const { code: actualCode, stdout = "" } = results[k] ?? {};
    assert.is(stdout.trimEnd().split("\n").at(-1), lastLine, `${folder}: ${stdout}`);
    assert.is(actualCode, code, folder);
    assert.ok(stdout.includes(says), `${folder}: does not say "${says}":\n${stdout}`);
  }
});

test("runs the files that match a pattern, and fails when none does", async () => {
  const [one, none] = await Promise.all([runOn("silent", "GREEN"), runOn("green", "violet")]);
  assert.is(one.code, 0);
  assert.ok(one.stdout.endsWith("2 passed, 0 failed, 0 skipped\n"));
  assert.is(none.code, 1);
  assert.ok(none.stdout.includes("no test file in tests/fixtures/runner/green matches violet"));
});

test("a skip without a reason throws", () => {
  assert.throws(() => skip("anything", " "), /"anything" needs a reason/);
});

test("reads what was left in a test file, comments aside", () => {
  assert.equal(leftIn("test.only('a', f);\ntest.run();"), ["a left-in .only"]);
  assert.equal(leftIn("// test.only('a', f);\n/* test.skip() */ test('a', f);\ntest.run();"), []);
  assert.equal(leftIn("const law = suite('law');\nlaw('a', f);\nlaw.run();"), []);
  assert.equal(leftIn("const law = suite('law');\nlaw('a', f);\nmy.law.run();"), ["the suite law is never run"]);
});

test.run();
