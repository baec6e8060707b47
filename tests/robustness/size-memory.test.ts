import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { runScript } from "../support/command.js";

const { code, stdout, stderr } = await runScript(resolve(import.meta.dirname, "memory-of-gradients.ts"));
type Measured = Readonly<Record<"arrays" | "reads" | "grow", Readonly<Record<string, number>>>>;
const { arrays, reads, grow } = (code === 0 ? JSON.parse(stdout) : { arrays: {}, reads: {}, grow: {} }) as Measured;

test("the program that measures memory runs to its end", () => {
  assert.is(code, 0, stderr);
});

test("the gradient of a function of a 64 MB array needs at most 3 arrays of its size, the gradient itself among them", () => {
  const needed = arrays["64 MB"] as number;
  assert.ok(needed >= 1 && needed < 3.1, `${needed} arrays`);
});

for (const [name, needed] of Object.entries(arrays)) {
  const most = name === "pushforward" ? 4 : 3;
  test(`${name}: at most ${most} arrays of the input's size beyond the input`, () => {
    assert.ok(needed < most + 0.1, `${needed} arrays`);
  });
}

test("entries that are read one by one take 32 bytes for each entry of the array, and for each operation, on a tape that doubles", () => {
  // 5 to 9 arrays for one read, 9 to 18 for a sum of all, as docs/limits.md says.
  const { "one entry": one = Number.NaN, "all entries, added up": all = Number.NaN } = reads;
  assert.ok(one < 9.1 && all < 18.1, `${one} and ${all} arrays`);
});

for (const [name, growth] of Object.entries(grow)) {
  test(`the memory that is held is flat over 50 calls: ${name}`, () => {
    // A single array of the input's size that stays behind, 24 kB a call and 1.2 MB in all, shows three times over.
    assert.ok(growth < 400_000, `${growth} bytes more`);
  });
}

test.run();
