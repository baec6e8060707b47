import { build } from "esbuild";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { root } from "../../support/command.js";

test("arrays are traced where a compiler has made assignments of the fields of classes, as bundlers do for older browsers", async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { add, array, derivative, gradient, mul, sin, sum, toNested } from "./lib/index.js";
        export const [x] = gradient((x) => sum(mul(x, sin(x))), array([0, 1]));
        export const forward = derivative((t) => sum(mul(t, array([1, 2]))), 3);
        export const list = toNested(x);
        export const [floats] = gradient((f) => f.reduce((a, b) => add(a, mul(b, b)), 0), new Float64Array([1, 2]));
        let message = "";
        try { gradient((x) => { x.data[0] = 1; return sum(x); }, array([1])); } catch (error) { message = error.message; }
        export { message };`,
      resolveDir: root,
    },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "es2020",
    write: false,
  });
  const code = Buffer.from(outputFiles[0]?.text ?? "").toString("base64");
  const { list, forward, floats, message } = (await import(`data:text/javascript;base64,${code}`)) as {
    list: number[];
    forward: number;
    floats: Float64Array;
    message: string;
  };
  assert.equal(list, [0, Math.sin(1) + Math.cos(1)]);
  assert.is(forward, 3);
  assert.equal(floats, new Float64Array([2, 4]));
  assert.match(message, "x.data[0] was written");
});

test.run();
