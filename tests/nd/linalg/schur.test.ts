import { test } from "uvu";
import * as assert from "uvu/assert";
import { type ComplexMatrix, schur } from "../../../lib/nd/linalg/schur.js";
import { seeded } from "../../helpers/random.js";
import { refused } from "../../helpers/refused.js";

type Entry = (i: number, j: number) => number;

const square = (n: number, entry: Entry): Float64Array =>
  Float64Array.from({ length: n * n }, (_, at) => entry(Math.floor(at / n), at % n));

function random(seed: number): Entry {
  const draw = seeded(seed);
  return () => 2 * draw() - 1;
}

const matrices: Readonly<Record<string, Float64Array>> = {
  "one entry": square(1, () => -3),
  random: square(12, random(1)),
  symmetric: square(6, (i, j) => Math.cos(i * j)),
  "a rotation": square(2, (i, j) => (i === j ? 0 : i - j)),
  "a cycle, which the plain shift leaves as it is": square(6, (i, j) => (j === (i + 1) % 6 ? 1 : 0)),
  "a swap": square(2, (i, j) => (i === j ? 0 : 1)),
  "a Jordan block": square(5, (i, j) => (i === j ? 2 : j === i + 1 ? 1 : 0)),
  "a Jordan block, transposed": square(5, (i, j) => (i === j ? 2 : j === i - 1 ? 1 : 0)),
  graded: square(6, (i, j) => Math.sin(3 * i + j) * 10 ** (-i - j)),
  "of rank 1": square(4, (i, j) => (i + 1) * (j - 2)),
  zero: square(3, () => 0),
};

/** The largest |Σₖ x[i, k] conj(y[j, k]) − known[i, j]|. */
function apart({ n, re, im }: ComplexMatrix, y: ComplexMatrix, known: Entry): number {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let [real, imaginary] = [-known(i, j), 0];
      for (let k = 0; k < n; k++) {
        const [p, r] = [i * n + k, j * n + k];
        real += (re[p] as number) * (y.re[r] as number) + (im[p] as number) * (y.im[r] as number);
        imaginary += (im[p] as number) * (y.re[r] as number) - (re[p] as number) * (y.im[r] as number);
      }
      largest = Math.max(largest, Math.hypot(real, imaginary));
    }
  }
  return largest;
}

/** x y. */
function times(x: ComplexMatrix, y: ComplexMatrix): ComplexMatrix {
  const { n } = x;
  const [re, im] = [new Float64Array(n * n), new Float64Array(n * n)];
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++) {
        const [p, r] = [i * n + k, k * n + j];
        (re[i * n + j] as number) += (x.re[p] as number) * (y.re[r] as number) - (x.im[p] as number) * (y.im[r] as number);
        (im[i * n + j] as number) += (x.re[p] as number) * (y.im[r] as number) + (x.im[p] as number) * (y.re[r] as number);
      }
    }
  }
  return { n, re, im };
}

for (const [name, data] of Object.entries(matrices)) {
  test(`the Schur form of a matrix (${name}): a unitary factor, an upper triangle, and a = q t qᴴ`, () => {
    const n = Math.sqrt(data.length);
    const { t, q } = schur("test", data, n);
    assert.ok(apart(q, q, (i, j) => (i === j ? 1 : 0)) < 1e-14);
    assert.ok(apart(times(q, t), q, (i, j) => data[i * n + j] as number) < 2e-14 * Math.max(...data.map(Math.abs), 1));
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) assert.ok(t.re[i * n + j] === 0 && t.im[i * n + j] === 0);
  });
}

test("the eigenvalues of a cycle are the roots of unity", () => {
  const { t } = schur("test", matrices["a cycle, which the plain shift leaves as it is"] as Float64Array, 6);
  const angles = Array.from({ length: 6 }, (_, k) => Math.atan2(t.im[k * 7] as number, t.re[k * 7] as number) / (Math.PI / 3));
  assert.equal(angles.map((angle) => (Math.round(angle) + 6) % 6).sort(), [0, 1, 2, 3, 4, 5]);
  for (let k = 0; k < 6; k++) assert.ok(Math.abs(Math.hypot(t.re[k * 7] as number, t.im[k * 7] as number) - 1) < 1e-14);
});

refused([
  [
    () => schur("test", [1, 2, Number.NaN, 3], 2),
    RangeError,
    "test: the eigenvalues of a matrix of 2 rows were not found; scale it, or change its entries",
  ],
]);

test.run();
