import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { runScript } from "../support/command.js";

const { code, stdout, stderr } = await runScript(resolve(import.meta.dirname, "memory-of-gradients.ts"));
const { arrays, grow } = (code === 0 ? JSON.parse(stdout) : { arrays: {}, grow: {} }) as Record<"arrays" | "grow", Record<string, number>>;

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

for (const [name, growth] of Object.entries(grow)) {
  test(`the memory that is held is flat over 50 calls: ${name}`, () => {
    // One gradient leaves some 50 kB on its tape: 50 of them would show.
    assert.ok(growth < 500_000, `${growth} bytes more`);
  });
}

test.run();
