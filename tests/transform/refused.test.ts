import { suite } from "uvu";
import * as assert from "uvu/assert";
import { TransformError, transform } from "../../lib/transform/index.js";

const refused = suite("refused when the program is built");

/** A body, where the fault is in its one line, and what the message says. */
const wrong: readonly [name: string, code: string, column: number, message: RegExp][] = [
  ["await", "async (x: number) => { await 0; return x; }", 1, /a differentiable function is synchronous; move async and await out of it/],
  ["generators", "function* (x: number) { yield x; }", 1, /no generator; fill a list and return it/],
  ["async inside", "(x: number) => { const f = async () => x; return x; }", 28, /synchronous/],
  ["classes", "(x: number) => { class A {} return x; }", 18, /a class .* declare it outside/],
  ["this", "function (x: number) { return this.a * x; }", 31, /this is not rewritten; give the function what it needs as an argument/],
  ["arguments", "function (x: number) { return arguments[0] * x; }", 31, /arguments is not rewritten; name the parameters/],
  ["| of what moves", "(x: number) => x | 1", 16, /the operator \| has no derivative; declare the number as int/],
  ["~ of what moves", "(x: number) => ~x", 17, /the operator ~ has no derivative/],
  ["<<= of what moves", "(x: number) => { let y = x; y <<= 1; return y; }", 29, /the operator << has no derivative/],
  [">>> of what moves", "(x: number) => 8 >>> (x * 2)", 23, /the operator >>> has no derivative/],
  [
    "a[i++] += x",
    "(x: number) => { let i = 0; const a = [0, 0]; a[i++] += x; return a[0]; }",
    47,
    /computes its target twice .* give the index a name first: const k = i\+\+; a\[k\] \+=/,
  ],
  [
    "delete",
    "(x: number) => { const p: { a?: number } = { a: x }; delete p.a; return x; }",
    54,
    /delete is not rewritten; make a record without the field/,
  ],
  ["eval", "(x: number) => eval('x') * x", 16, /eval hides what it computes; write the code itself/],
  ["new Function", "(x: number) => new Function('a', 'return a')(x)", 16, /new Function hides/],
  ["x[i, j]", "(x: Float64Array) => x[0, 1]", 24, /x\[i, j\] reads entry j alone; write x\.get\(i, j\)/],
  [".buffer", "(x: Float64Array) => x.buffer.byteLength", 22, /\.buffer would let the entries out of sight/],
  ["subarray", "(x: Float64Array) => x.subarray(1)[0]", 22, /\.subarray would let the entries out of sight; copy them with slice/],
  ["Math.imul", "(x: number) => Math.imul(x, 2)", 16, /Math\.imul has no derivative; it computes with whole numbers/],
  [
    "unknown functions of Math",
    "(x: number) => Math.sumPrecise([x])",
    16,
    /Math\.sumPrecise has no derivative; check its name, or write it/,
  ],
  ["Set", "(x: number) => new Set([x]).size * x", 16, /tells values apart by identity, .*primal\(x\)/],
  ["other classes", "(x: number) => new Point(x).x", 16, /new Point takes numbers that move out of sight; use a record/],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a program's text
  ["tagged templates", "(x: number) => tag`a ${x}`", 16, /a tagged template gets numbers that move/],
];

for (const [name, code, column, message] of wrong) {
  refused(name, () => {
    const text = `import { differentiable } from "cotangent";\ndeclare const tag: (x: unknown, ...y: unknown[]) => number;\nexport const f = differentiable(\n${code}\n);\n`;
    try {
      transform(text, { file: "src/model.ts" });
    } catch (error) {
      assert.instance(error, TransformError);
      const { message: said, line, column: at, file } = error as TransformError;
      assert.match(said, message);
      assert.match(said, new RegExp(`^src/model\\.ts:4:${column}: `));
      assert.equal([file, line, at], ["src/model.ts", 4, column]);
      return;
    }
    assert.unreachable("it was rewritten");
  });
}

refused("methods with a mark", () => {
  const code = 'class A {\n  m(x: number) {\n    "use grad";\n    return x;\n  }\n}\n';
  assert.throws(() => transform(code, { file: "a.ts" }), /^a\.ts:2:3: a method is not rewritten; mark a function/);
});

refused("functions that are defined elsewhere, with the cure", () => {
  const code =
    'import { differentiable } from "cotangent";\nimport { model } from "./model.js";\nexport const f = differentiable(model);\n';
  assert.throws(
    () => transform(code, { file: "a.ts" }),
    /^a\.ts:3:33: differentiable: model comes from ".\/model.js", .* mark it where it is defined/,
  );
  assert.throws(() => transform(code.replace("model);", "make());"), { file: "a.ts" }), /write it into the call/);
});

refused("what the parser cannot read, at its place", () => {
  assert.throws(
    () => transform('import { differentiable } from "cotangent";\nconst a = ;\n', { file: "a.ts" }),
    /^a\.ts:2:11: the parser stops here/,
  );
  const signature = 'import { differentiable } from "cotangent";\ninterface F { <const T>(x: T): T }\n';
  assert.throws(() => transform(signature, { file: "a.ts" }), /^a\.ts:2:\d+: the parser stops here.*const type parameters/);
});

refused("nothing of all that outside of marked functions", () => {
  const code =
    'import { differentiable } from "cotangent";\nclass A { async m() { await 0; return this; } }\nexport const f = differentiable((x: number) => x);\nconst n = 3 | 4;\n';
  assert.match(transform(code, { file: "a.ts" }).code, /class A \{ async m/);
});

refused("bitwise operators on what stands still are left alone", () => {
  const code =
    'import { differentiable, type int } from "cotangent";\nexport const f = differentiable((x: number, n: int) => x * (n & 1) + ((n << 2) | 1));\n';
  assert.match(transform(code, { file: "a.ts" }).code, /\(n & 1\).*\(n << 2\) \| 1/);
});

refused.run();
