import { join } from "node:path";
import { build } from "esbuild";
import { test } from "uvu";
import * as assert from "uvu/assert";
import "../../rules/math.js";
import { frule, NoTangent, type Pullback, rrule, ruleOf } from "../../lib/core/index.js";
import { root } from "../support/command.js";

/** What has no rule under its key of Math: it works on bits, draws numbers, or is another function here (max and min reduce arrays). */
const without = ["clz32", "f16round", "imul", "max", "min", "random", "sumPrecise"];

const names = Object.getOwnPropertyNames(Math).filter((name) => typeof Reflect.get(Math, name) === "function" && !without.includes(name));

test("after importing rules/math alone, the functions of Math have their rules, both halves", () => {
  assert.ok(names.length >= 30);
  const seen = names.map((name) => ruleOf(Reflect.get(Math, name) as typeof Math.sin));
  assert.equal(
    names.filter((_, k) => seen[k] === undefined),
    [],
  );
  for (const [k, name] of names.entries()) assert.equal([seen[k]?.name, seen[k]?.derived], [name, []]);
});

test("a bundler that shakes out every module without effects leaves all of these rules in", async () => {
  const program = 'import "./rules/math.js";\nimport { ruleOf } from "./lib/core/index.js";\nexport { ruleOf };';
  const result = await build({
    stdin: { contents: program, resolveDir: root, sourcefile: "program.js" },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    plugins: [
      {
        name: "only rules/math has effects",
        setup({ onResolve }) {
          onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
            const source = join(resolveDir, path.replace(/\.js$/, ".ts"));
            return { path: source, sideEffects: source === join(root, "rules/math.ts") };
          });
        },
      },
    ],
  });
  const code = result.outputFiles[0]?.text as string;
  const bundled = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { ruleOf: typeof ruleOf };
  const lost = names.filter((name) => bundled.ruleOf(Reflect.get(Math, name) as typeof Math.sin) === undefined);
  assert.equal(lost, []);
});

test("the protocol takes the functions of Math themselves", () => {
  const [y, back] = rrule(Math.sin, 1) as readonly [number, Pullback];
  assert.equal([y, back(2)], [Math.sin(1), [NoTangent, 2 * Math.cos(1)]]);
  assert.equal(frule([NoTangent, 3, 0], Math.pow, 2, 5), [32, 240]);
  assert.equal(frule([NoTangent, 0, 5], Math.atan2, 0, 2), [0, 0]);
  assert.equal(frule([NoTangent, 7], Math.floor, 1.5), [1, 0]);
});

test.run();
