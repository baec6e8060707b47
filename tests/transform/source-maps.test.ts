import { SourceMap } from "node:module";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { blankTypes, transform } from "../../lib/transform/index.js";

const maps = suite("source maps");

const code = [
  'import { differentiable } from "cotangent";',
  "const scale = 2;",
  "export const f = differentiable((x: number, xs: number[]): number => {",
  "  let total = scale * x; // a comment",
  "  for (const entry of xs) {",
  "    total += Math.sin(entry) * entry;",
  "  }",
  "  return total ** 2;",
  "});",
  "export const after = scale;",
].join("\n");

/** Where a word stands: each time, line and column from 0. */
function placesOf(text: string, word: string): { line: number; column: number }[] {
  const places: { line: number; column: number }[] = [];
  for (const [line, row] of text.split("\n").entries())
    for (const found of row.matchAll(new RegExp(`(?<![\\w$])${word}(?![\\w$])`, "g"))) places.push({ line, column: found.index });
  return places;
}

maps("every word of both forms leads to its place in the source", () => {
  const { code: written, map } = transform(code, { file: "model.ts" });
  assert.equal([map?.sources, map?.sourcesContent], [["model.ts"], [code]]);
  const back = new SourceMap(JSON.parse(String(map)));
  for (const word of ["total", "entry", "xs", "scale", "after", "comment"]) {
    const sources = placesOf(code, word).map(({ line, column }) => `${line}:${column}`);
    const found = placesOf(written, word);
    assert.ok(found.length >= sources.length);
    const hit = new Set<string>();
    for (const { line, column } of found) {
      const { originalLine, originalColumn } = back.findEntry(line, column) as { originalLine: number; originalColumn: number };
      const source = `${originalLine}:${originalColumn}`;
      hit.add(source);
      // The test at the beginning of the original names the parameters once more.
      if (word !== "xs") assert.ok(sources.includes(source), `${word} at ${line}:${column} leads to ${source}`);
    }
    for (const source of sources) assert.ok(hit.has(source), `nothing leads to ${word} at ${source}`);
  }
});

maps("a call that stands for an operator leads to the operator's expression", () => {
  const { code: written, map } = transform(code, { file: "model.ts" });
  const back = new SourceMap(JSON.parse(String(map)));
  const row = written.split("\n").findIndex((line) => line.includes("$c_pow("));
  const { originalLine, originalColumn } = back.findEntry(row, (written.split("\n")[row] as string).indexOf("$c_pow(")) as {
    originalLine: number;
    originalColumn: number;
  };
  assert.equal([originalLine, originalColumn], [7, 9]);
});

maps("types are blanked in place: every line and column stays", () => {
  const typed =
    "type A<T> = T;\nconst f = <T,>(x: T, y?: number): x is T => (y! as number) > 2;\nabstract class B<T> implements C { private readonly z?: T = 1 as T; declare w: T; abstract m(): void; static n(this: B<1>, q?: T): void {} }\nimport type { D } from 'd';\nimport { type E, F } from 'e';\nlet v = F<T>(1) satisfies number\n;(v);\nexport type { G } from 'g';\nfunction over(x: number): number;\nfunction over(x: any) { return x }\n";
  const plain = blankTypes(typed, { file: "a.ts" });
  assert.is(plain.length, typed.length);
  assert.equal(
    plain.split("\n").map((line) => line.length),
    typed.split("\n").map((line) => line.length),
  );
  assert.not.match(plain, /number|implements|abstract|private|readonly|declare|type |satisfies|\bas\b|!/);
  const runs = plain.replaceAll(/^import.*$/gm, "");
  assert.not.throws(() => new Function("F", runs.replace("F   (1)", "1")));
});

maps("names that are imported for types alone are blanked with them", () => {
  const plain = blankTypes('import { A, b } from "x";\nimport { C } from "y";\nconst v: A<C> = b;\n', { file: "a.ts" });
  assert.match(plain, /import \{\s+b \} from "x";\n;\s*\nconst v\s+= b;/);
});

maps("statements do not run into each other where types ended them", () => {
  const plain = blankTypes("const a = 1 as number\n;[1].map(String)\nlet b = a as number\n(1, b)\ntype T = 1\n(2)\n", { file: "a.ts" });
  assert.not.throws(() => new Function(plain));
});

maps.run();
