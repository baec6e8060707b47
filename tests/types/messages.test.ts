import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { root, run } from "../support/command.js";

/** Wrong programs, and what the compiler must say of each: the cure stands in its message. */
const wrong: readonly (readonly [title: string, code: string, message: RegExp])[] = [
  [
    "a number as parameter of gradient",
    "gradient((x: number) => x * x, 3);",
    /mark the function with differentiable\(…\), or declare the parameter Scalar/,
  ],
  ["the same of withGradient", "withGradient((x: number) => x * x, 3);", /declare the parameter Scalar/],
  ["the same of pullback", "pullback((x: number) => [x], 3);", /declare the parameter Scalar/],
  ["the same of pushforward", "pushforward((x: number) => x, [3], [1]);", /declare the parameter Scalar/],
  ["the same of derivative", "derivative((x: number) => x, 3);", /declare the parameter Scalar/],
  ["the same of jacobian", "jacobian((x: number) => x, 3);", /declare the parameter Scalar/],
  ["the same of hessian", "hessian((x: number) => x, 3);", /declare the parameter Scalar/],
  ["the same of hvp", "hvp((x: number) => x, 3, 1);", /declare the parameter Scalar/],
  ["the same of vhp", "vhp((x: number) => x, 1, 3);", /declare the parameter Scalar/],
  ["a plain array as parameter", "gradient((x: NdArray) => sum(x), array([1]));", /declare the parameter AnyArray/],
  ["a plain float array as parameter", "gradient((x: Float64Array) => x[0]!, new Float64Array(1));", /declare the parameter AnyFloats/],
  ["the second parameter alone", "gradient((x: AnyArray, y: number) => mul(sum(x), y), array([1]), 2);", /declare the parameter Scalar/],
  [
    "a plain array inside of a structure",
    "gradient((p: { w: NdArray }) => sum(p.w), { w: array([1]) });",
    /declare Scalar in place of number and AnyArray in place of NdArray/,
  ],
  [
    "an array where a number is taken",
    "gradient((x: Scalar) => x, array([1]));",
    /the argument is an array: give what the parameter takes/,
  ],
  ["a number where an array is taken", "gradient((x: AnyArray) => sum(x), 1);", /the argument is a number: give what the parameter takes/],
  ["an argument that is missing", "gradient((x: Scalar, y: Scalar) => mul(x, y), 1);", /give an argument for each parameter/],
  ["an array as result", "gradient((x) => mul(x, x), array([1]));", /return a number: sum\(y\) of an array/],
  ["a result that depends on axes", "gradient((x) => dot(x, x), array([1]));", /say which, as dot<number>\(a, b\) does/],
  ["a structure as result of jacobian", "jacobian((x) => ({ x }), array([1]));", /return a number or an array; pullback and pushforward/],
  ["a hessian of an array", "hessian((x) => mul(x, x), array([1]));", /return a number: sum\(y\) of an array/],
  ["a direction of another kind", "hvp((x) => sum(x), array([1]), 2);", /'number' is not assignable to parameter of type 'NdArray'/],
  ["an operator of JavaScript", "gradient((x) => x * 2, 3);", /left-hand side of an arithmetic operation/],
  ["a function of Math", "gradient((x) => Math.sin(x), 3);", /'Scalar' is not assignable to parameter of type 'number'/],
  ["a product taken for an array", "export const y: NdArray = matmul(array([1]), array([1]));", /'number \| NdArray' is not assignable to/],
  ["a product taken for a number", "export const y: number = dot(array([1]), array([1]));", /'number \| NdArray' is not assignable to/],
  [
    "an option of another definer",
    "defineRule((x: Scalar) => x, { rrule: (x) => [x, (ybar) => [NoTangent, ybar]] }, { linearIn: [0] });",
    /'linearIn' does not exist in type 'DefineRuleOptions</,
  ],
  [
    "an option that linearRule does without",
    'linearRule((x: Scalar) => x, (ybar) => ybar, { zeros: "real" });',
    /'zeros' does not exist in type 'LinearRuleOptions</,
  ],
  [
    "a declared type that f does not have",
    "export const f: (x: AnyArray) => NdArray = linearRule((x: NdArray) => sum(x), (ybar) => ybar);",
    /is not assignable to type '\(x: AnyArray\) => NdArray'/,
  ],
  ["writing what is traced into plain memory", "gradient((x) => { array([1]).set(0, x); return x; }, 1);", /not assignable to parameter/],
];

const names =
  "type AnyArray, array, defineRule, derivative, dot, gradient, hessian, hvp, jacobian, linearRule, matmul, mul, type NdArray, NoTangent, pullback, pushforward, type Scalar, sum, vhp, withGradient";

/** What the compiler says of each program, by its number: one run for all of them. */
async function messagesOf(programs: readonly string[], folder: string): Promise<ReadonlyMap<number, string>> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  programs.forEach((code, k) => {
    writeFileSync(resolve(folder, `${k}.ts`), `import { ${names} } from "cotangent";\n${code}\n`);
  });
  const compilerOptions = { noUnusedLocals: false, isolatedDeclarations: false, declaration: false };
  writeFileSync(
    resolve(folder, "tsconfig.json"),
    JSON.stringify({
      extends: resolve(root, "tsconfig.json"),
      compilerOptions,
      include: ["*.ts", resolve(root, "lib/**/*.d.ts")],
      exclude: [],
    }),
  );
  const { stdout } = await run(process.execPath, [resolve(root, "node_modules/typescript/bin/tsc"), "-p", folder, "--pretty", "false"]);
  const messages = new Map<number, string>();
  for (const error of stdout.trim().split(/\n(?=\S)/)) {
    const k = Number(/(?:^|\/)(\d+)\.ts\(/.exec(error)?.[1]);
    messages.set(k, `${messages.get(k) ?? ""}${error}\n`);
  }
  return messages;
}

test("the compiler names the cure of each wrong program", async () => {
  const right = "gradient((x) => mul(x, x), 3);";
  const messages = await messagesOf([...wrong.map(([, code]) => code), right], resolve(root, ".cache/types-wrong"));
  const faults = wrong.flatMap(([title, code, expected], k) => {
    const message = messages.get(k) ?? "nothing";
    return expected.test(message) ? [] : [`${title}: ${code}\n  ${expected} is not in: ${message}`];
  });
  assert.is(faults.join("\n"), "");
  assert.equal(
    [...messages.keys()].filter((k) => !(k < wrong.length)),
    [],
    "messages that no wrong program explains",
  );
});

test.run();
