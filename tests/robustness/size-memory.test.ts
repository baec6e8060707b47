import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { runScript } from "../support/command.js";

const { code, stdout, stderr } = await runScript(resolve(import.meta.dirname, "memory-of-gradients.ts"));
type Measured = Readonly<Record<"arrays" | "chains" | "reads" | "held" | "grow", Readonly<Record<string, number>>>>;
const nothing = { arrays: {}, chains: {}, reads: {}, held: {}, grow: {} };
const { arrays, chains, reads, held, grow } = (code === 0 ? JSON.parse(stdout) : nothing) as Measured;

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

for (const [length, needed] of Object.entries(chains)) {
  test(`a chain of ${length} array operations: at most ${Number(length) + 3} arrays`, () => {
    assert.ok(needed < Number(length) + 3.1, `${needed} arrays`);
  });
}

test("of 4·10⁶ entries, one that is read takes at most 3 arrays of that size and the gradient; all of them, added up, at most 10", () => {
  const { "one entry": one = Number.NaN, "all entries, added up": all = Number.NaN } = reads;
  assert.ok(one < 4.1 && all < 10.1, `${one} and ${all} arrays`);
});

for (const [name, bytes] of Object.entries(held)) {
  test(`after a gradient of 4·10⁶ entries at most 16 MB of it are held: ${name}`, () => {
    assert.ok(bytes < 2 ** 24 + 1e6, `${bytes} bytes`);
  });
}

for (const [name, growth] of Object.entries(grow)) {
  test(`the memory that is held is flat over 50 calls: ${name}`, () => {
    // A single array of the input's size that stays behind, 24 kB a call and 1.2 MB in all, shows three times over.
    assert.ok(growth < 400_000, `${growth} bytes more`);
  });
}

test.run();
