import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { limits, type Output } from "../site/sandbox/outputs.js";
import { type SandboxPage, sandboxPage } from "./support/sandbox-page.js";
import { withPage } from "./support/with-page.js";

// These tests open a page of their own, with nothing but the sandbox in it; the runner knows tests in a browser by the name withPage.
void withPage;

const test = suite("sandbox");
let sandbox: SandboxPage;
test.before(async () => {
  sandbox = await sandboxPage();
});
test.after(async () => {
  await sandbox?.close();
});

const texts = (outputs: readonly Output[]) => outputs.map((item) => (item.kind === "text" ? item.text : item.kind));

test("a program is rewritten, run, and gives what it prints and exports", async () => {
  const { outputs, result } = await sandbox.run(`import { array, differentiable, gradient, type NdArray } from "cotangent";
const f = differentiable((x: number, y: number): number => x ** 2 + 3 * y);
console.log(gradient(f, 2, 4));
export const g: number[] = gradient(f, 2, 4);
export const a: NdArray = array([[1, 2], [3, 4]]).transpose(1, 0);
export const deep = { list: [1, "two", null], row: new Float32Array([1, 2]), left: () => 1 };
export default g.length;`);
  assert.is(result.status, "done");
  assert.equal(texts(outputs), ["[ 4, 3 ]"]);
  assert.is(outputs[0]?.kind === "text" && outputs[0].line, 3);
  assert.match(result.rewritten ?? "", /mul\(3, y\)/);
  assert.equal(result.values?.["g"], [4, 3]);
  assert.is(result.values?.["default"], 2);
  const { a, deep } = (await sandbox.page.evaluate(async () => {
    const { run } = globalThis as unknown as { run(code: string): Promise<{ result: { values: Record<string, never> } }> };
    const { values } = (
      await run(
        'import { array } from "cotangent"; export const a = array([[1, 2], [3, 4]]).transpose(1, 0); export const deep = { list: [1, "two", null], row: new Float32Array([1, 2]), left: () => 1 };',
      )
    ).result;
    return JSON.parse(JSON.stringify(values, (_, y: unknown) => (y instanceof Float64Array ? [...y] : y))) as unknown;
  })) as { a: unknown; deep: unknown };
  assert.equal(a, { shape: [2, 2], data: [1, 3, 2, 4] });
  assert.equal(deep, { list: [1, "two", null], row: [1, 2] });
});

test("values are printed as Node prints them", async () => {
  const { inspect } = await import("node:util");
  const values = `[
    -0, "it's", 'a "q"', "\\n", 12345678901234567890n, undefined, null, Symbol("s"), NaN,
    [1, 2, 3], [[1, [2, [3, [4]]]]], Array.from({ length: 120 }, (_, k) => k * k), [, , 3], ["a", "b"],
    Array.from({ length: 12 }, (_, k) => Math.sin(k)), Array.from({ length: 8 }, (_, k) => "x".repeat(k + 1)),
    { a: 1, "b-c": [1, { d: { e: { f: 1 } } }] }, {}, [], Object.create(null), { long: "y".repeat(90), next: 1 },
    new Float64Array([1, 2.5, -0]), new Uint8Array(0), new Map([[1, { a: 2 }], ["k", [3]]]), new Set([1, "a"]), new Date(0), /x+/g,
    function named() {}, () => 1, class Point {}, class Far extends Array {}, new (class Point { x = 1; y = [2]; })(),
    { get a() { return 1; }, set a(x) {}, get b() { return 2; } }, [undefined, null], { [Symbol("key")]: 1 }, async () => 1,
    Array.from({ length: 30 }, (_, k) => [k, k * 1.5]), { f: function inner() {}, g: class {} }, [1.5, "mixed", { deep: [[]] }],
    Array.from({ length: 101 }, () => 0), { a: { b: { c: {} } } }, { a: { b: { c: { d: 1 } } } }, Object.assign([1, 2], { named: true }),
    Object.assign(() => 1, { prop: 2 }), "x".repeat(200), ["a".repeat(100)], { text: "line\\nline" },
    (() => { const own = { name: "self" }; own.me = own; return own; })(),
  ]`;
  const here = (await import(`data:text/javascript,export default ${encodeURIComponent(values)}`)) as { default: unknown[] };
  const { outputs, result } = await sandbox.run(`for (const x of ${values}) console.log([x]), console.log(x);`, { file: "block.js" });
  assert.is(result.error, undefined);
  const { format } = await import("node:util");
  const expected = here.default.flatMap((x) => [format([x]), format(x)]);
  assert.equal(texts(outputs), expected);
  assert.is(expected.length > 80, true);
  assert.is(inspect(1), "1");
});

test("formats, tables, warnings and groups are printed", async () => {
  const { outputs } = await sandbox.run(
    'console.log("%s has %d, %i, %f, %j %% %o", "a", 1.5, 2.9, "3.25", { b: [1] }, [1]); console.warn("w"); console.error("e"); console.group("g"); console.log("in"); console.groupEnd(); console.log("out"); console.table([{ a: 1, b: "x" }, { a: 2 }]); process.stdout.write("no "); process.stdout.write("line");',
  );
  assert.equal(texts(outputs).slice(1), ["w", "e", "g", "  in", "out", "table", "no line"]);
  assert.match(texts(outputs)[0] ?? "", /^a has 1\.5, 2, 3\.25, \{"b":\[1\]\} % \[ 1/);
  assert.equal(
    outputs.map((item) => item.kind === "text" && item.level),
    ["log", "warn", "error", "log", "log", "log", false, undefined],
  );
  assert.equal(outputs[6], {
    kind: "table",
    columns: ["", "a", "b"],
    rows: [
      ["0", 1, "x"],
      ["1", 2, ""],
    ],
  });
});

test("plots, pictures, tables and progress come as data, and inputs go in", async () => {
  const { outputs, result } = await sandbox.run(
    `import { array } from "cotangent"; import { input, picture, plot, table } from "page";
plot({ title: "t", x: { label: "a", unit: "s" }, y: { label: "b" }, series: [{ label: "l", x: [1, 2], y: array([3, 4]), points: true }] });
picture(array([[1, 2, 3], [4, 5, 6]]), { scale: "diverging" });
table({ columns: ["n"], rows: [[input("n") as number], ["<b>"]] });
export const kinds = [plot, picture, table].length;`,
    { inputs: { n: 7 } },
  );
  assert.is(result.error, undefined);
  assert.equal(
    outputs.map(({ kind }) => kind),
    ["plot", "picture", "table"],
  );
  const [plot, picture, table] = outputs;
  assert.ok(plot?.kind === "plot" && plot.series[0]?.points === true && plot.x.unit === "s" && plot.title === "t");
  assert.ok(picture?.kind === "picture" && picture.width === 3 && picture.height === 2 && picture.scale === "diverging");
  assert.ok(table?.kind === "table");
  assert.equal(table.rows, [[7], ["<b>"]]);
});

const places: readonly (readonly [what: string, code: string, line: number, column: number, message: RegExp])[] = [
  ["an error", 'const a: number = 1;\n\nfunction f(): void {\n  throw new Error("<b>no</b>");\n}\nf();', 4, 9, /^Error: <b>no<\/b>$/],
  [
    "an error inside a marked function, run on plain numbers",
    'import { differentiable } from "cotangent";\nconst f = differentiable((x: number): number => {\n  const y = x * x * x;\n  if (y > 1) throw new RangeError("large");\n  return y;\n});\nf(3);',
    4,
    20,
    /^RangeError: large$/,
  ],
  [
    "an error inside a marked function while it is differentiated",
    'import { differentiable, gradient } from "cotangent";\nconst f = differentiable((x: number): number => {\n  const y = x * x * x;\n  if (y > 1) throw new RangeError("large");\n  return y;\n});\ngradient(f, 3);',
    4,
    20,
    /^RangeError: large$/,
  ],
  [
    "a wrong argument of the library, at the reader's call",
    'import { array, matmul } from "cotangent";\nconst a = array([[1, 2]]);\nconst b = [1, 2].map(() => matmul(a, a));',
    3,
    28,
    /^RangeError: matmul: /,
  ],
  ["a rejected promise", "const wait = 1;\nPromise.reject(new Error('late'));\nawait new Promise(() => {});", 2, 16, /^Error: late$/],
  ["an error in a timer", "setTimeout(() => {\n  null.x;\n}, 5);", 2, 8, /^TypeError: /],
  ["a syntax error", "const a = 1;\nlet b = ;", 2, 9, /Unexpected token/],
  ["a syntax error of a module", "const a = 1;\n  export { nothing };", 2, 12, /not defined/],
  [
    "a refusal of the transform",
    'import { differentiable } from "cotangent";\n\nconst f = differentiable(\n  function (x: number) { return [...arguments].length * x; },\n);',
    4,
    37,
    /arguments/,
  ],
  ["types that make code", "const a = 1;\nenum Kind { One }", 2, 1, /^an enum is no type/],
  [
    "an unknown module",
    'const a = 1;\nimport { x } from "lodash";',
    2,
    19,
    /^There is no module "lodash" in this page; there are cotangent, /,
  ],
  ["a module of Node's", 'import { readFileSync } from "node:fs";\nreadFileSync("x");', 1, 30, /what needs Node runs at the command line/],
  [
    "an unknown name",
    'import { add, graident } from "cotangent";\nadd(1, graident);',
    1,
    15,
    /exports no graident; did you mean gradient\?$/,
  ],
  ["an unknown name of a small module", 'import { chart } from "page";\nchart();', 1, 10, /it exports plot, picture, table/],
  ["what is thrown and is no error", "throw { code: 3 };", 0, 0, /^thrown: \{ code: 3 \}$/],
];
for (const [what, code, line, column, message] of places)
  test(`${what} is told at its place`, async () => {
    const { result } = await sandbox.run(code, { file: "block.ts", limit: 4_000 });
    assert.is(result.status, "failed");
    assert.match(result.error?.message ?? "", message);
    assert.equal([result.error?.line ?? 0, result.error?.column ?? 0], [line, column]);
  });

test("tests of uvu are run, and failures named at their lines", async () => {
  const code = `import { test } from "uvu";
import * as assert from "uvu/assert";
test("right", () => assert.is(1, 1));
test("wrong", () => {
  assert.is(1, 2);
});
test.run();`;
  const { outputs, result } = await sandbox.run(code);
  assert.is(result.status, "failed");
  const report = texts(outputs).join("\n");
  assert.match(report, /FAIL {2}"wrong"/);
  assert.match(report, /at block\.ts:5:10\n/);
  assert.match(report, /Total: {5}2\n {2}Passed: {4}1/);
  assert.not.ok(report.includes("blob:") || report.includes("\u001b"), "places of the library, or colours, in the report");
  const right = await sandbox.run(code.replace("is(1, 2)", "is(2, 2)"));
  assert.is(right.result.status, "done");
  assert.match(texts(right.outputs).join("\n"), /Passed: {4}2/);
});

test("a program without end is stopped by its limit and by the reader, and the next one runs", async () => {
  const late = await sandbox.run("for (;;) {}", { limit: 400 });
  assert.is(late.result.status, "timeout");
  assert.ok(late.took < 4_000, `${late.took} ms`);
  const stopped = await sandbox.run("for (;;) {}", { limit: 60_000, stopAfter: 300 });
  assert.is(stopped.result.status, "stopped");
  const waiting = await sandbox.run("await new Promise(() => {});", { limit: 300 });
  assert.is(waiting.result.status, "timeout");
  const next = await sandbox.run('console.log("here")');
  assert.equal(texts(next.outputs), ["here"]);
});

test("a run that is started while another goes on ends that", async () => {
  const [first, second] = await sandbox.page.evaluate(() => {
    const { run } = globalThis as unknown as { run(code: string): Promise<{ result: { status: string } }> };
    return Promise.all([run("for (;;) {}"), run("1")]).then((all) => all.map(({ result }) => result.status));
  });
  assert.is(first, "stopped");
  assert.is(second, "done");
});

test("what a program sets is gone in the next run", async () => {
  await sandbox.run("globalThis.left = 1; Array.prototype.push = () => 0; Object.prototype.kind = 'outputs';", { file: "block.js" });
  const { outputs, result } = await sandbox.run("console.log(globalThis.left, [].push.length, ({}).kind);", { file: "block.js" });
  assert.is(result.status, "done");
  assert.equal(texts(outputs), ["undefined 1 undefined"]);
});

test("a flood of outputs is cut, the page stays awake, and memory does not grow", async () => {
  const beat = sandbox.page.evaluate(async () => {
    let longest = 0;
    let last = performance.now();
    for (let k = 0; k < 150; k++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
    return longest;
  });
  const { outputs, result } = await sandbox.run('for (;;) console.log("x".repeat(100));', { limit: 1_500 });
  assert.is(result.status, "timeout");
  assert.ok(outputs.length <= limits.items, `${outputs.length} outputs`);
  assert.match(texts(outputs).at(-1) ?? "", /From here on nothing is shown/);
  const longest = await beat;
  assert.ok(longest < 1_000, `the page slept for ${longest} ms`);
});

test("long texts, wide tables, large plots and pictures are cut or refused", async () => {
  const { outputs, result } = await sandbox.run(`import { picture, plot, table } from "page";
console.log("y".repeat(300_000));
table({ columns: Array.from({ length: 200 }, String), rows: Array.from({ length: 3000 }, () => Array(200).fill(1)) });
console.log("y".repeat(300_000));
console.log("never");
export const large = new Float64Array(3_000_000);
export const small = 1;`);
  assert.is(result.status, "done");
  const characters = outputs.reduce((sum, item) => sum + (item.kind === "text" ? item.text.length : 0), 0);
  assert.ok(characters <= limits.characters, `${characters} characters`);
  assert.not.ok(texts(outputs).includes("never"));
  assert.equal(result.values, { small: 1 });
  const points = await sandbox.run(
    `import { plot } from "page"; const x = new Float64Array(${limits.points + 1}); plot({ x: { label: "" }, y: { label: "" }, series: [{ label: "", x, y: x }] });`,
  );
  assert.equal(
    points.outputs.map(({ kind }) => kind),
    ["text"],
  );
  const pixels = await sandbox.run(
    `import { picture } from "page"; picture({ width: 3000, height: 3000, values: new Float64Array(9e6), scale: "sequential" });`,
  );
  assert.equal(
    pixels.outputs.map(({ kind }) => kind),
    ["text"],
  );
  const huge = await sandbox.run("new Float64Array(2 ** 40);");
  assert.match(huge.result.error?.message ?? "", /^RangeError: /);
});

test("a program reaches no network, no storage, no page", async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response.setHeader("access-control-allow-origin", "*");
    response.end("export default 1;");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.js`;
  try {
    const { outputs, result } = await sandbox.run(
      `const url = ${JSON.stringify(address)};
const ways = {
  fetch: () => fetch(url),
  "fetch of the page's origin": () => fetch(${JSON.stringify(new URL("/page.js", sandbox.page.url()).href)}),
  "no-cors": () => fetch(url, { mode: "no-cors" }),
  importScripts: () => importScripts(url),
  "import()": () => (0, eval)(\`import("\${url}")\`),
  XMLHttpRequest: () => new Promise((yes, no) => { const x = new XMLHttpRequest(); x.open("GET", url); x.onload = yes; x.onerror = () => no(new Error("refused")); x.send(); }),
  WebSocket: () => new Promise((yes, no) => { const s = new WebSocket(url.replace("http", "ws")); s.onopen = yes; s.onerror = () => no(new Error("refused")); }),
  EventSource: () => new Promise((yes, no) => { const s = new EventSource(url); s.onopen = yes; s.onerror = () => no(new Error("refused")); }),
  indexedDB: () => new Promise((yes, no) => { const r = indexedDB.open("x"); r.onsuccess = yes; r.onerror = () => no(r.error); }),
  localStorage: () => localStorage.length,
  caches: () => caches.open("x"),
  "navigator.storage": () => navigator.storage.getDirectory(),
  cookies: () => cookieStore.getAll(),
  document: () => document.title,
  parent: () => parent.document,
  top: () => top.location,
  postMessage: () => postMessage({ kind: "outputs", items: [] }),
  "postMessage of the prototype": () => DedicatedWorkerGlobalScope.prototype.postMessage.call(self, 1),
  Worker: () => new Worker(URL.createObjectURL(new Blob([""]))),
  alert: () => alert(1),
};
for (const [name, way] of Object.entries(ways)) {
  try { await way(); console.log("got through: " + name); } catch (error) { console.log("refused: " + name); }
}`,
      { file: "block.js", limit: 8_000 },
    );
    assert.is(result.status, "done", result.error?.message);
    assert.equal(
      texts(outputs).filter((text) => !text.startsWith("refused: ")),
      [],
    );
    assert.is(outputs.length, 20);
    assert.is(asked, 0, `${asked} requests reached a server`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("messages that are not of the sandbox's shapes are left out by the page", async () => {
  const { checkedOutput, checkedResult } = await import("../site/sandbox/check.js");
  const { freshBudget } = await import("../site/sandbox/outputs.js");
  const wrong = [
    null,
    1,
    "text",
    [],
    {},
    { kind: "text" },
    { kind: "text", text: { toString: () => "x" } },
    { kind: "html", html: "<b>" },
    { kind: "table", columns: ["a"], rows: 1 },
    { kind: "plot", x: {}, y: {}, series: [{ label: "a", x: [1], y: [1] }] },
    { kind: "plot", x: {}, y: {}, series: [{ label: "a", x: new Float64Array(2), y: new Float64Array(1) }] },
    { kind: "picture", width: 2, height: 2, values: new Float64Array(3) },
    { kind: "picture", width: -1, height: -1, values: new Float64Array(1) },
    { kind: "picture", width: 1e5, height: 0, values: new Float64Array(0) },
  ];
  for (const x of wrong) assert.is(checkedOutput(x, freshBudget()), undefined, JSON.stringify(x));
  assert.equal(checkedOutput({ kind: "text", text: "a", level: "shout", line: -1, more: "<b>" }, freshBudget()), {
    kind: "text",
    text: "a",
  });
  assert.equal(checkedOutput({ kind: "table", columns: ["a", 1], rows: [["x", null, 3], 5] }, freshBudget()), {
    kind: "table",
    columns: ["a", "1"],
    rows: [
      ["x", ""],
      ["", ""],
    ],
  });
  const budget = freshBudget();
  const long = { kind: "text", text: "z".repeat(300_000) };
  assert.ok(checkedOutput(long, budget));
  assert.is(checkedOutput(long, budget), undefined);
  assert.is(checkedResult({ status: "won" }).status, "failed");
  assert.equal(checkedResult({ status: "failed", error: { message: 1, line: "3" }, values: { f: 1, __proto__: { a: 1 } } }).error, {
    message: "",
  });
});

test("nothing was asked of any other origin, and no error left the frame", () => {
  // The browser reports requests that the policy refused; none was sent, as the server of the test above saw.
  assert.equal(
    sandbox.faults.filter((fault) => !/request: (?:http|ws):\/\/127\.0\.0\.1/.test(fault)),
    [],
  );
});

test.run();
