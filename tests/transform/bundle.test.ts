import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { esbuild as plugin } from "../../lib/unplugin/index.js";
import { run } from "../support/command.js";
import { emptyProject, write } from "./package.js";

const bundle = suite("an esbuild bundle");
const folder = await emptyProject("bundle");

/** Bundles a program, minified, with the plugin: the file, and its size gzipped. */
async function bundled(name: string): Promise<{ file: string; bytes: number }> {
  const file = resolve(folder, `made/${name.replace(/\.ts$/, ".mjs")}`);
  await build({
    entryPoints: [resolve(folder, name)],
    outfile: file,
    bundle: true,
    minify: true,
    sourcemap: true,
    format: "esm",
    target: "es2022",
    absWorkingDir: folder,
    plugins: [plugin()],
    logLevel: "silent",
  });
  return { file, bytes: gzipSync(readFileSync(file), { level: 9 }).length };
}

const plain =
  'import { differentiable, gradient } from "cotangent";\nconst f = differentiable((a: number, b: number) => a ** 2 + 3 * b * a - b);\nconsole.log(gradient(f, 2, 4).join());\n';
const written =
  'import { add, gradient, mul, pow, sub } from "cotangent";\nconst f = (a, b) => sub(add(pow(a, 2), mul(mul(3, b), a)), b);\nconsole.log(gradient(f, 2, 4).join());\n';

bundle("of a plain program runs, minified, and weighs at most 1 kB more than the same in add and mul", async () => {
  write(folder, { "plain.ts": plain, "written.ts": written });
  const [a, b] = [await bundled("plain.ts"), await bundled("written.ts")];
  for (const { file } of [a, b]) assert.is((await run(process.execPath, [file])).stdout, "16,5\n");
  assert.ok(a.bytes - b.bytes <= 1000, `${a.bytes} against ${b.bytes} bytes`);
});

bundle("finds marked functions of other files, and the rules of Math", async () => {
  write(folder, {
    "app.ts":
      'import { differentiable, gradient } from "cotangent";\nimport { wave } from "./wave.js";\nconst f = differentiable((x: number) => wave(x) * Math.max(x, 1) + Math.round(x));\nconsole.log(gradient(f, 0.5)[0] === Math.cos(0.5));\n',
    "wave.ts": 'export function wave(v: number): number {\n  "use grad";\n  return Math.sin(v);\n}\n',
  });
  assert.is((await run(process.execPath, [(await bundled("app.ts")).file])).stdout, "true\n");
});

bundle("shows the user's line and column in an error inside", async () => {
  write(folder, {
    "failing.ts":
      'import { differentiable, gradient } from "cotangent";\nconst f = differentiable((x: number): number => {\n  if (x > 0)\n    throw new Error("no");\n  return x;\n});\ngradient(f, 1);\n',
  });
  const { stderr } = await run(process.execPath, ["--enable-source-maps", (await bundled("failing.ts")).file]);
  assert.match(stderr, /failing\.ts:4:11/);
});

bundle("fails to build where something cannot be rewritten, at its place", async () => {
  write(folder, { "wrong.ts": 'import { differentiable } from "cotangent";\nexport const f = differentiable((x: number) => x | 1);\n' });
  try {
    await bundled("wrong.ts");
  } catch (error) {
    assert.match(String(error), /wrong\.ts:2:48: the operator \| has no derivative/);
    return;
  }
  assert.unreachable("it was built");
});

bundle.run();
