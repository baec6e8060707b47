import { suite } from "uvu";
import * as assert from "uvu/assert";
import { emptyProject, runLoaded, write } from "./package.js";

const loader = suite("node --import cotangent/register");
const folder = await emptyProject("register");

const helper = 'export type Kind = "a";\nexport function twice(v: number): number {\n  "use grad";\n  return 2 * v;\n}\n';
const program = [
  'import { differentiable, gradient } from "cotangent";',
  'import { twice, type Kind } from "./helper.js";',
  'const kind: Kind = "a";',
  "const f = differentiable((x: number, y: number): number => x ** 2 + 3 * twice(y));",
  "console.log(JSON.stringify(gradient(f, 2, 4)), f(2, 4), kind);",
].join("\n");
const output = "[4,6] 28 a\n";

/** A program runs and prints this. */
async function prints(name: string, expected: string): Promise<void> {
  const { code, stdout, stderr } = await runLoaded(folder, name);
  assert.is(code, 0, stderr);
  assert.is(stdout, expected);
}

loader("runs TypeScript of an ES module package, `.js` meaning `.ts`", async () => {
  write(folder, { "esm/package.json": '{ "type": "module" }', "esm/app.ts": program, "esm/helper.ts": helper });
  await prints("esm/app.ts", output);
});

loader("runs .mts, and TypeScript of a package without a type by its text", async () => {
  const untyped = program.replace("./helper.js", "./helper.mjs");
  write(folder, { "none/package.json": "{}", "none/app.mts": untyped, "none/other.ts": untyped, "none/helper.mts": helper });
  await prints("none/app.mts", output);
  await prints("none/other.ts", output);
});

loader("runs JavaScript, and leaves files without marks alone", async () => {
  const script =
    'import { differentiable, gradient } from "cotangent";\nimport { one } from "./one.js";\nconst f = differentiable((x) => x * x * one);\nconsole.log(gradient(f, 3)[0]);\n';
  write(folder, { "js/package.json": '{ "type": "module" }', "js/app.js": script, "js/one.js": "export const one = 1;" });
  await prints("js/app.js", "6\n");
});

loader("runs CommonJS, in JavaScript and in TypeScript", async () => {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  assert.ok(major > 20 || minor >= 19, "CommonJS loads this package from Node 20.19 on");
  const script =
    'const { differentiable, gradient } = require("cotangent");\nconst { cube } = require("./cube.cjs");\nconst f = differentiable((x) => x * cube(x));\nconsole.log(gradient(f, 2)[0]);\n';
  const cube = 'exports.cube = cube;\nfunction cube(v) {\n  "use grad";\n  return v ** 3;\n}\n';
  const typed = script.replace("(x)", "(x: number)").replace("./cube.cjs", "./cube.cts");
  write(folder, {
    "cjs/package.json": '{ "type": "commonjs" }',
    "cjs/app.cjs": script,
    "cjs/plain.js": script,
    "cjs/typed.cts": typed,
    "cjs/cube.cjs": cube,
    "cjs/cube.cts": cube.replace("(v)", "(v: number)"),
  });
  await prints("cjs/app.cjs", "32\n");
  await prints("cjs/plain.js", "32\n");
  await prints("cjs/typed.cts", "32\n");
});

loader("runs ES modules in a package that says commonjs, as `npm init -y` has it", async () => {
  write(folder, {
    "init/package.json": '{ "type": "commonjs" }',
    "init/app.ts": program,
    "init/helper.ts": helper,
    "init/script.js": program.replace(", type Kind", "").replace(": Kind", "").replaceAll(": number", ""),
  });
  await prints("init/app.ts", output);
  await prints("init/script.js", output);
});

loader("shows the user's line and column in an error inside", async () => {
  const failing = [
    'import { differentiable, gradient } from "cotangent";',
    "const f = differentiable((x: number): number => {",
    "  const y: number = x * 2;",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a program's text
    "  if (y > 1) throw new Error(`y is ${y}`);",
    "  return y;",
    "});",
    "gradient(f, 3);",
  ].join("\n");
  write(folder, { "esm/failing.ts": failing });
  const { code, stderr } = await runLoaded(folder, "esm/failing.ts");
  assert.is(code, 1);
  assert.match(stderr, /Error: y is 6/);
  assert.match(stderr, /failing\.ts:4:20/);
});

loader("refuses what cannot be rewritten, with the place", async () => {
  write(folder, {
    "esm/wrong.ts": 'import { differentiable } from "cotangent";\nexport const f = differentiable((x: number) => x | 1);\n',
  });
  const { code, stderr } = await runLoaded(folder, "esm/wrong.ts");
  assert.is(code, 1);
  assert.match(stderr, /wrong\.ts:2:48: the operator \| has no derivative/);
});

loader("refuses syntax that is no type, and names what runs it", async () => {
  write(folder, { "esm/enum.ts": "export enum A { B }\n" });
  const { code, stderr } = await runLoaded(folder, "esm/enum.ts");
  assert.is(code, 1);
  assert.match(stderr, /enum\.ts:1:8: an enum .*tsx/);
});

loader.run();
