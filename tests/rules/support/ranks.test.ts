import { test } from "uvu";
import * as assert from "uvu/assert";
import { decreasing, decreasingOrder, increasing, increasingOrder, leadingOrder, type Ranked } from "../../../rules/support/ranks.js";
import { edgesOf, lengths } from "../../helpers/lengths.js";
import { seeded } from "../../helpers/random.js";

// Sorting in runs that are merged, at lengths around theirs and around the memory that is kept, against the engine's own stable sort.

/** The places of entries in order; NaN as the largest of all, −0 as 0. */
function placesOf(entries: readonly number[], sign: 1 | -1): number[] {
  const rank = (x: number): number => (Number.isNaN(x) ? Number.POSITIVE_INFINITY : x);
  const compare = (a: number, b: number): number => (rank(a) === rank(b) ? 0 : rank(a) < rank(b) ? -sign : sign);
  return [...entries.keys()].sort((a, b) => compare(entries[a] as number, entries[b] as number));
}

/** Lists to sort: all alike, in order, against it, with ties and both zeros, with NaN. */
const lists: Readonly<Record<string, (n: number) => number[]>> = {
  "all alike": (n) => new Array<number>(n).fill(2),
  "in order": (n) => Array.from({ length: n }, (_, k) => k),
  "from the end": (n) => Array.from({ length: n }, (_, k) => -k),
  "with ties": (n) => {
    const random = seeded(n);
    return Array.from({ length: n }, () => Math.round(9 * random() - 4.5));
  },
  "with NaN": (n) => {
    const random = seeded(n + 1);
    return Array.from({ length: n }, () => (random() < 0.2 ? Number.NaN : random() - 0.5));
  },
};

for (const [name, make] of Object.entries(lists)) {
  test(`${name}: entries and places in either order, from anywhere in a list`, () => {
    for (const n of [...lengths, 15, 16, 17, 31, 32, 33, ...edgesOf(4096).slice(0, 3)]) {
      const entries = make(n);
      const room = Float64Array.of(7, -7, 3, ...entries, -100, 100);
      for (const [sort, sign] of [
        [increasing, 1],
        [decreasing, -1],
      ] as const) {
        const places = placesOf(entries, sign);
        const { numbers, indices }: Ranked = sort(room, 3, n);
        assert.equal([...indices.subarray(0, n)], places, `${n} places`);
        assert.equal(
          [...numbers.subarray(0, n)],
          places.map((k) => entries[k] as number),
          `${n} entries`,
        );
      }
    }
  });

  test(`${name}: the orders of whole lists, and their beginnings`, () => {
    for (const n of lengths) {
      const entries = make(n);
      const data = Float64Array.from(entries);
      const [up, down] = [placesOf(entries, 1), placesOf(entries, -1)];
      assert.equal([...increasingOrder(data)], up, `${n}`);
      assert.equal([...decreasingOrder(data)], down, `${n}`);
      for (const count of new Set([0, Math.min(n, 1), Math.min(n, 3), n >> 1, Math.max(0, n - 1), n])) {
        assert.equal([...leadingOrder(data, count, false)], up.slice(0, count), `the first ${count} of ${n}`);
        assert.equal([...leadingOrder(data, count, true)], down.slice(0, count), `the largest ${count} of ${n}`);
      }
    }
  });
}

test.run();
