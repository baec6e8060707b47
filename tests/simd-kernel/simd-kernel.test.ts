import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { simdKernel } from "../../lib/nd/products/simd-kernel.js";
import { root } from "../support/command.js";
import { assembled, bytesPath, textPath } from "./assemble.js";

test("the bytes are those of the text, and few", async () => {
  const { code, size } = await assembled();
  assert.is(readFileSync(resolve(root, bytesPath), "utf8"), code, `run npm run build:kernel: ${bytesPath} is not made of ${textPath}`);
  assert.ok(size < 4096, "a browser compiles at most 4 kB at once on its main thread");
});

test("the machine of the tests runs the kernel", () => {
  assert.ok(simdKernel() !== undefined);
});

test.run();
