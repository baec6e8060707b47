import { test } from "uvu";
import * as assert from "uvu/assert";
import { denseSolver } from "../../../rules/higher-order/dense-system.js";
import { seeded } from "../../helpers/random.js";

const row = (...entries: number[]): Float64Array => Float64Array.from(entries);
const solver = (n: number, ...entries: number[]) => denseSolver(row(...entries), n) as NonNullable<ReturnType<typeof denseSolver>>;

test("a matrix by hand: its solution and that of its transpose", () => {
  const solve = solver(2, 0, 2, 3, 4);
  assert.equal(solve(row(2, 7), false), row(1, 1));
  assert.equal(solve(row(3, 6), true), row(1, 1));
  assert.equal(solver(1, 4)(row(2), true), row(0.5));
});

test("random systems: what is solved for comes out, transposed or not, rows in need of exchange included", () => {
  const random = seeded(4);
  for (const n of [1, 2, 3, 7, 20]) {
    const a = Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 0 : random() - 0.5));
    if (n === 1) a[0] = 2;
    const x = Float64Array.from({ length: n }, () => random() - 0.5);
    const times = (transposed: boolean): Float64Array =>
      x.map((_, i) => x.reduce((sum, entry, j) => sum + (a[transposed ? j * n + i : i * n + j] as number) * entry, 0));
    const solve = denseSolver(a.slice(), n) as NonNullable<ReturnType<typeof denseSolver>>;
    for (const transposed of [false, true]) {
      const error = Math.max(...solve(times(transposed), transposed).map((entry, k) => Math.abs(entry - (x[k] as number))));
      assert.ok(error < 1e-11, `${n}, ${transposed}: ${error}`);
    }
  }
});

test("right sides are left as they are", () => {
  const b = row(2, 7);
  const solve = solver(2, 0, 2, 3, 4);
  solve(b, false);
  solve(b, true);
  assert.equal(b, row(2, 7));
});

test("a singular matrix has no solver, one that rounding makes regular neither, nor one with NaN", () => {
  assert.is(denseSolver(row(0), 1), undefined);
  assert.is(denseSolver(row(1, 2, 2, 4), 2), undefined);
  assert.is(denseSolver(row(0.1, 0.3, 0.2, 0.6), 2), undefined);
  assert.is(denseSolver(row(Number.NaN), 1), undefined);
  assert.is(denseSolver(row(1, Number.NaN, 2, 1), 2), undefined);
});

test("small columns are no sign of a singular matrix", () => {
  assert.equal(solver(2, 1, 0, 0, 1e-200)(row(1, 1e-200), false), row(1, 1));
});

test.run();
