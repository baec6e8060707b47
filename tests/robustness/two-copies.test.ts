import { cpSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import * as ours from "../../lib/index.js";
import { root } from "../support/command.js";

const { array, NoTangent, ZeroTangent } = ours;

/** A second copy of the package in this program, as two versions of it in one tree of modules are. */
const copy = resolve(root, ".cache/second-copy");
rmSync(copy, { recursive: true, force: true });
for (const part of ["lib", "rules", "package.json"]) cpSync(resolve(root, part), resolve(copy, part), { recursive: true });
const theirs = (await import(pathToFileURL(resolve(copy, "lib/index.ts")).href)) as typeof ours;

/** Throws unless f is refused by a TypeError that says what came, and from where. */
const names = (what: string, f: () => unknown): void => {
  let said = "nothing";
  try {
    f();
  } catch (error) {
    said = error instanceof TypeError ? error.message : String(error);
  }
  assert.match(said, `${what} of another copy of cotangent`);
};

type F = (...xs: never[]) => never;

const functions: Record<string, (x: never) => unknown> = {
  "a number in the lane for numbers": (x) => ours.mul(x, 2),
  "a number beside one of ours": (x) => ours.gradient((y) => ours.add(y, x), 1),
  "a number as an argument of an operator": (x) => ours.gradient((y) => y, x),
  "a number in a record": (x) => ours.gradient((y: { a: never }) => y.a, { a: x }),
  "a number as a result": (x) => ours.gradient(() => x, 1),
  "a number as a seed": (x) => ours.pullback((y) => y, 1)[1](x),
  "a number as a tangent": (x) => ours.pushforward((y) => y, [1], [x]),
  "a number in a list of a rule": (x) => ours.stack([x, 1]),
  "a number in an array": (x) => ours.array([x, 1]),
  "a number for a tangent's law": (x) => ours.accumulate(ours.ZeroTangent, x),
};

for (const [title, f] of Object.entries(functions)) {
  test(`${title} is named as one of another copy, whichever mode traces it`, () => {
    names("a traced number", () => theirs.gradient((x) => f(x as never) as never, 2));
    names("a traced number", () => theirs.derivative((x) => f(x as never) as never, 2));
  });
}

test("an array that another copy traces is named", () => {
  for (const f of [
    ours.sin,
    ours.sum,
    ours.primal,
    ours.copy,
    ours.matmul,
    ours.toNested,
    (x: never) => ours.gradient((y) => ours.sum(y), x),
  ]) {
    names("a traced array", () => theirs.gradient(((x: never) => (f as F)(x)) as never, array([1, 2])));
    names("a traced array", () => theirs.pushforward(((x: never) => (f as F)(x)) as never, [array([1, 2])], [array([1, 2])]));
  }
});

test("a zero of another copy is named where a rule returns it, and where it is given as a seed or tangent", () => {
  for (const x of [1, array([1, 2]), "a string", { a: 1 }, [1, 2]]) {
    const rule = ours.defineRule((_: unknown) => 1, { rrule: (_) => [1, () => [NoTangent, theirs.NoTangent as never]] }, { name: "rule" });
    names("NoTangent", () =>
      (ours.rrule(rule, x) as readonly [unknown, (ybar: unknown) => unknown[]])[1](1).map((t) => ours.projectTo(x)(t)),
    );
    names("ZeroTangent", () => ours.pushforward(() => 1, [x], [theirs.ZeroTangent]));
  }
  const rule = ours.defineRule(
    (x: never) => x,
    { rrule: (x: never) => [x, () => [NoTangent, theirs.NoTangent as never]] },
    { name: "rule" },
  );
  names("NoTangent", () => ours.gradient((x) => (rule as F)(x as never), 1));
  names("NoTangent", () => ours.gradient((x) => ours.sum((rule as F)(x as never)), array([1, 2])));
  names("NoTangent", () => ours.accumulate(ZeroTangent, theirs.NoTangent));
  names("NoTangent", () => ours.sin(theirs.NoTangent as never));
});

test("tangents with fields, thunks and callables of another copy are named", () => {
  names("a Tangent", () => ours.pushforward((x) => x.a, [{ a: 1 }], [new theirs.Tangent({ a: 1 })]));
  names("a thunk", () => ours.pullback((x) => x, 1)[1](theirs.thunk(() => 1)));
  names("a callable", () =>
    ours.gradient(
      (c) => (c as F)(),
      theirs.callable({ a: 1 }, (p) => p.a),
    ),
  );
});

test("a function of another copy, called by a function that ours differentiates, is named by it", () => {
  names("a traced number", () => ours.gradient((x) => theirs.sin(x as never), 1));
  names("a traced array", () => ours.gradient((x) => theirs.sum(x as never), array([1])));
});

test("plain numbers and arrays pass between copies", () => {
  assert.is(ours.sum(theirs.array([1, 2])), 3);
  assert.equal(ours.toNested(ours.gradient((x) => ours.sum(ours.square(x)), theirs.array([1, 2]))[0]), [2, 4]);
});

test.run();
