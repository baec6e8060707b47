// The tables of laws in docs/reference/laws.md against what the functions do.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { accumulate, innerProduct, NotImplemented, subtract, times } from "../../../lib/core/index.js";
import { NoTangent, notImplemented, TangentError, ZeroTangent } from "../../../lib/index.js";
import { root } from "../../support/command.js";

/** The tables of docs/reference/laws.md by their corner, `a + b`: rows of cells. */
const tables = new Map(
  readFileSync(resolve(root, "docs/reference/laws.md"), "utf8")
    .split(/\n\n/)
    .filter((part) => /^\| (a \S b|⟨a, b⟩) \| `NoTangent`/.test(part))
    .map((part) => {
      const [[corner = ""] = [], , ...rows] = part.split("\n").map((row) => row.split(/ *\| */).slice(1, -1));
      return [corner, rows.map(([, ...row]) => row)] as const;
    }),
);

/** What a table says of a result, with 3 for a and 7 for b. */
function said(run: () => unknown): string {
  const words: Record<string, string> = { "3": "a", "7": "b", "-7": "−b", "10": "a + b", "-4": "a − b", "21": "a b" };
  try {
    const t = run();
    if (t === NoTangent) return "`NoTangent`";
    if (t === ZeroTangent) return "`ZeroTangent`";
    if (t instanceof NotImplemented) return "`notImplemented`";
    return words[String(t)] ?? String(t);
  } catch (error) {
    assert.instance(error, TangentError);
    return "throws";
  }
}

for (const [corner, operation] of Object.entries({ "a + b": accumulate, "a − b": subtract, "a × b": times, "⟨a, b⟩": innerProduct })) {
  test(`docs/reference/laws.md: the table ${corner} has what ${operation.name} gives`, () => {
    const [left, right] = [3, 7].map((value) => [NoTangent, ZeroTangent, value, notImplemented("yet")]) as [unknown[], unknown[]];
    assert.equal(
      tables.get(corner),
      left.map((a) => right.map((b) => said(() => operation(a, b)))),
    );
  });
}

test.run();
