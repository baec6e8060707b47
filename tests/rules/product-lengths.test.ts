import { test } from "uvu";
import {
  avgPool1d,
  bceWithLogits,
  cdist,
  conv1d,
  convolve,
  cosineSimilarity,
  crossEntropy,
  dot,
  huber,
  klDiv,
  kron,
  matmul,
  maxPool1d,
  mse,
  mul,
  outer,
  pairwiseSqdist,
  polyval,
  poolSum,
  type Ranges,
  rotaryEmbedding,
  scatterAdd,
  scatterSet,
  segmentSum,
  take,
} from "../../lib/index.js";
import { checkOnLists, type OnLists } from "../helpers/at-lengths.js";
import { edgesOf, laidOut, lengths, numbersFrom, rowsOf } from "../helpers/lengths.js";

// Functions of several arrays, one side of them at lengths around every unrolling and block, against the same on lists.

type List = readonly number[];
type Shape = readonly number[];

/** A function of arrays, of which one or more extents are a length. */
interface OfLength {
  readonly name: string;
  readonly f: (...xs: never[]) => unknown;
  readonly shapes: (n: number) => readonly Shape[];
  readonly lists: (n: number) => OnLists;
  /** The least length; 0 unless given. */
  readonly from?: number;
  /** Lengths to try besides. */
  readonly edges?: List;
  /** What entries are made from numbers between −2 and 2. */
  readonly draw?: (x: number) => number;
}

const total = (xs: List): number => xs.reduce((a, b) => a + b, 0);
const inner = (xs: List, ys: List): number => total(xs.map((x, k) => x * (ys[k] as number)));
const zeros = (n: number): number[] => new Array<number>(n).fill(0);
const range = (n: number): number[] => [...zeros(n).keys()];
const sign = Math.sign;
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** A bilinear function: terms (p, q, r) say that y[r] has a[p] b[q]. */
function bilinear(size: number, terms: readonly (readonly [p: number, q: number, r: number])[]): OnLists {
  return {
    value: (a, b) => {
      const y = zeros(size);
      for (const [p, q, r] of terms) (y[r] as number) += (a[p] as number) * (b[q] as number);
      return y;
    },
    slopes: (ybar, a, b) => {
      const [abar, bbar] = [zeros(a.length), zeros(b.length)];
      for (const [p, q, r] of terms) {
        (abar[p] as number) += (ybar[r] as number) * (b[q] as number);
        (bbar[q] as number) += (ybar[r] as number) * (a[p] as number);
      }
      return [abar, bbar];
    },
  };
}

/** A linear function of one array: terms (p, r, w) say that y[r] has w x[p]. */
function linear(size: number, terms: readonly (readonly [p: number, r: number, w: number])[]): OnLists {
  return {
    value: (x) => {
      const y = zeros(size);
      for (const [p, r, w] of terms) (y[r] as number) += w * (x[p] as number);
      return y;
    },
    slopes: (ybar, x) => {
      const xbar = zeros(x.length);
      for (const [p, r, w] of terms) (xbar[p] as number) += w * (ybar[r] as number);
      return [xbar];
    },
  };
}

const matrixTerms = (m: number, k: number, n: number): [number, number, number][] =>
  range(m).flatMap((i) => range(n).flatMap((j) => range(k).map((p): [number, number, number] => [i * k + p, p * n + j, i * n + j])));

const product = (name: string, side: (n: number) => readonly [m: number, k: number, n: number], vector?: "left" | "right"): OfLength => ({
  name,
  f: matmul as OfLength["f"],
  shapes: (length) => {
    const [m, k, n] = side(length);
    return [vector === "left" ? [k] : [m, k], vector === "right" ? [k] : [k, n]];
  },
  lists: (length) => {
    const [m, k, n] = side(length);
    return bilinear(m * n, matrixTerms(m, k, n));
  },
});

/** The mean of a term of each pair, or the sum of them, with its two slopes. */
const loss = (
  name: string,
  f: OfLength["f"],
  term: (a: number, b: number) => number,
  byA: (a: number, b: number) => number,
  byB: (a: number, b: number) => number,
  draw?: (x: number) => number,
  averaged = true,
): OfLength => ({
  name,
  f,
  shapes: (n) => [[n], [n]],
  lists: (n) => ({
    value: (a, b) => [total(a.map((x, k) => term(x, b[k] as number))) / (averaged ? n : 1)],
    slopes: ([seed], a, b) =>
      [byA, byB].map((slope) => a.map((x, k) => ((seed as number) / (averaged ? n : 1)) * slope(x, b[k] as number))),
  }),
  from: 1,
  ...(draw === undefined ? {} : { draw }),
});

/** Distances of the rows of two matrices, squared or not. */
const between = (
  name: string,
  f: OfLength["f"],
  root: boolean,
  shapes: (n: number) => readonly [m: number, n: number, d: number],
  edges: List = [],
): OfLength => ({
  name,
  f,
  shapes: (length) => {
    const [m, n, d] = shapes(length);
    return [
      [m, d],
      [n, d],
    ];
  },
  lists: (length) => {
    const [m, n, d] = shapes(length);
    const apart = (a: List, b: List): number[] => {
      const [as, bs] = [rowsOf(a, m, d), rowsOf(b, n, d)];
      return as
        .flatMap((x) => bs.map((y) => total(x.map((entry, k) => (entry - (y[k] as number)) ** 2))))
        .map((q) => (root ? Math.sqrt(q) : q));
    };
    return {
      value: apart,
      slopes: (ybar, a, b) => {
        const [abar, bbar] = [zeros(m * d), zeros(n * d)];
        apart(a, b).forEach((y, at) => {
          const [i, j] = [Math.floor(at / n), at % n];
          for (let k = 0; k < d; k++) {
            const gap = (a[i * d + k] as number) - (b[j * d + k] as number);
            const share = (ybar[at] as number) * (root ? (y === 0 ? 0 : gap / y) : 2 * gap);
            (abar[i * d + k] as number) += share;
            (bbar[j * d + k] as number) -= share;
          }
        });
        return [abar, bbar];
      },
    };
  },
  from: root ? 1 : 0,
  edges,
});

/** Blocks of three, the last one shorter, and one that overlaps them. */
const blocks = (n: number): Ranges =>
  [...range(Math.ceil(n / 3)).map((k) => [3 * k, Math.min(n, 3 * k + 3)] as const), [0, n]] as unknown as Ranges;

/** Three rows with others added, or put in their places: row k goes to `to[k]`, and the last one stays. */
function sums(n: number, to: List, replaces: boolean): OnLists {
  const hidden = (k: number): boolean => replaces && to.lastIndexOf(to[k] as number) !== k;
  return {
    value: (x, u) => {
      const y = x.map((entry, at) => (replaces && to.includes(Math.floor(at / n)) ? 0 : entry));
      u.forEach((entry, at) => {
        const k = Math.floor(at / n);
        if (!hidden(k)) (y[(to[k] as number) * n + (at % n)] as number) += entry;
      });
      return y;
    },
    slopes: (ybar) => [
      ybar.map((seed, at) => (replaces && to.includes(Math.floor(at / n)) ? 0 : seed)),
      range(to.length * n).map((at) =>
        hidden(Math.floor(at / n)) ? 0 : (ybar[(to[Math.floor(at / n)] as number) * n + (at % n)] as number),
      ),
    ],
  };
}

const block = 4096;

const functions: OfLength[] = [
  {
    name: "dot",
    f: dot as OfLength["f"],
    shapes: (n) => [[n], [n]],
    lists: (n) =>
      bilinear(
        1,
        range(n).map((k) => [k, k, 0]),
      ),
  },
  product("matrix by vector, long rows", (n) => [3, n, 1], "right"),
  product("matrix by vector, many rows", (n) => [n, 3, 1], "right"),
  product("vector by matrix, long columns", (n) => [1, n, 3], "left"),
  product("vector by matrix, many columns", (n) => [1, 3, n], "left"),
  product("few rows by columns", (n) => [2, n, 3]),
  product("many rows by few columns", (n) => [n, 5, 2]),
  product("few rows by many columns", (n) => [2, 5, n]),
  product("rows by columns", (n) => [5, n, 6]),
  product("many rows", (n) => [n, 4, 5]),
  product("many columns", (n) => [4, 5, n]),
  {
    name: "outer, long left",
    f: outer as OfLength["f"],
    shapes: (n) => [[n], [3]],
    lists: (n) =>
      bilinear(
        3 * n,
        range(3 * n).map((r) => [Math.floor(r / 3), r % 3, r]),
      ),
  },
  {
    name: "outer, long right",
    f: outer as OfLength["f"],
    shapes: (n) => [[5], [n]],
    lists: (n) =>
      bilinear(
        5 * n,
        range(5 * n).map((r) => [Math.floor(r / n), r % n, r]),
      ),
  },
  {
    name: "kron",
    f: kron as OfLength["f"],
    shapes: (n) => [[n], [3]],
    lists: (n) =>
      bilinear(
        3 * n,
        range(3 * n).map((r) => [Math.floor(r / 3), r % 3, r]),
      ),
  },
  {
    name: "entries by entries",
    f: mul as OfLength["f"],
    shapes: (n) => [[n], [n]],
    lists: (n) =>
      bilinear(
        n,
        range(n).map((k) => [k, k, k]),
      ),
    edges: edgesOf(block),
  },
  {
    name: "rows by one row",
    f: mul as OfLength["f"],
    shapes: (n) => [[n, 3], [3]],
    lists: (n) =>
      bilinear(
        3 * n,
        range(3 * n).map((r) => [r, r % 3, r]),
      ),
    edges: edgesOf(Math.floor(block / 3)),
  },
  {
    name: "rows by one column",
    f: mul as OfLength["f"],
    shapes: (n) => [
      [3, n],
      [3, 1],
    ],
    lists: (n) =>
      bilinear(
        3 * n,
        range(3 * n).map((r) => [r, Math.floor(r / n), r]),
      ),
    edges: edgesOf(block),
  },
  {
    name: "a column by a row",
    f: mul as OfLength["f"],
    shapes: (n) => [
      [n, 1],
      [1, 5],
    ],
    lists: (n) =>
      bilinear(
        5 * n,
        range(5 * n).map((r) => [Math.floor(r / 5), r % 5, r]),
      ),
  },
  {
    name: "rows by one number",
    f: mul as OfLength["f"],
    shapes: (n) => [[n, 2], [1]],
    lists: (n) =>
      bilinear(
        2 * n,
        range(2 * n).map((r) => [r, 0, r]),
      ),
  },
  {
    name: "convolve",
    f: convolve as OfLength["f"],
    shapes: (n) => [[n], [3]],
    lists: (n) =>
      bilinear(
        n + 2,
        range(n).flatMap((i) => range(3).map((j): [number, number, number] => [i, j, i + j])),
      ),
    from: 1,
  },
  {
    name: "convolve with a long kernel",
    f: convolve as OfLength["f"],
    shapes: (n) => [[2], [n]],
    lists: (n) =>
      bilinear(
        n + 1,
        range(2).flatMap((i) => range(n).map((j): [number, number, number] => [i, j, i + j])),
      ),
    from: 1,
  },
  {
    name: "conv1d",
    f: conv1d as OfLength["f"],
    shapes: (n) => [
      [1, 2, n],
      [2, 2, 3],
    ],
    lists: (n) =>
      bilinear(
        2 * (n - 2),
        range(2).flatMap((o) =>
          range(2).flatMap((c) =>
            range(n - 2).flatMap((i) =>
              range(3).map((k): [number, number, number] => [c * n + i + k, (2 * o + c) * 3 + k, o * (n - 2) + i]),
            ),
          ),
        ),
      ),
    from: 3,
  },
  {
    name: "avgPool1d",
    f: ((x: never) => avgPool1d(x, { kernel: 3, stride: 2 })) as OfLength["f"],
    shapes: (n) => [[1, 2, n]],
    lists: (n) => {
      const count = Math.floor((n - 3) / 2) + 1;
      return linear(
        2 * count,
        range(2).flatMap((c) =>
          range(count).flatMap((o) => range(3).map((k): [number, number, number] => [c * n + 2 * o + k, c * count + o, 1 / 3])),
        ),
      );
    },
    from: 3,
  },
  {
    name: "maxPool1d",
    f: ((x: never) => maxPool1d(x, { kernel: 3, stride: 2 })) as OfLength["f"],
    shapes: (n) => [[1, 1, n]],
    lists: (n) => {
      const count = Math.floor((n - 3) / 2) + 1;
      const places = (x: List): number[] =>
        range(count).map((o) => 2 * o + x.slice(2 * o, 2 * o + 3).indexOf(Math.max(...x.slice(2 * o, 2 * o + 3))));
      return {
        value: (x) => places(x).map((p) => x[p] as number),
        slopes: (ybar, x) => [x.map((_, k) => total(ybar.filter((__, o) => places(x)[o] === k)))],
      };
    },
    from: 3,
  },
  {
    name: "poolSum",
    f: ((x: never) =>
      poolSum(x, blocks((x as { shape: number[] }).shape[0] as number), [
        [0, 2],
        [2, 5],
      ] as unknown as Ranges)) as OfLength["f"],
    shapes: (n) => [[n, 5]],
    lists: (n) => {
      const rows = blocks(n) as unknown as [number, number][];
      return linear(
        2 * rows.length,
        rows.flatMap(([top, bottom], a) =>
          range(n)
            .filter((i) => i >= top && i < bottom)
            .flatMap((i) => range(5).map((j): [number, number, number] => [5 * i + j, 2 * a + Number(j >= 2), 1])),
        ),
      );
    },
  },
  {
    name: "take",
    f: ((x: never) =>
      take(
        x,
        range((x as { shape: number[] }).shape[0] as number).map((k) => -1 - (k >> 1)),
      )) as OfLength["f"],
    shapes: (n) => [[n, 3]],
    lists: (n) =>
      linear(
        3 * n,
        range(n).flatMap((k) => range(3).map((j): [number, number, number] => [3 * (n - 1 - (k >> 1)) + j, 3 * k + j, 1])),
      ),
  },
  {
    name: "take of wide rows",
    f: ((x: never) => take(x, [2, 0, 2, -1])) as OfLength["f"],
    shapes: (n) => [[3, n]],
    lists: (n) =>
      linear(
        4 * n,
        [2, 0, 2, 2].flatMap((row, k) => range(n).map((j): [number, number, number] => [row * n + j, k * n + j, 1])),
      ),
  },
  {
    name: "scatterAdd of wide rows",
    f: ((x: never, u: never) => scatterAdd(x, [2, 0, 2], u)) as OfLength["f"],
    shapes: (n) => [
      [3, n],
      [3, n],
    ],
    lists: (n) => sums(n, [2, 0, 2], false),
  },
  {
    name: "scatterSet of wide rows",
    f: ((x: never, u: never) => scatterSet(x, [2, 0, 2], u)) as OfLength["f"],
    shapes: (n) => [
      [3, n],
      [3, n],
    ],
    lists: (n) => sums(n, [2, 0, 2], true),
  },
  {
    name: "segmentSum",
    f: ((x: never) =>
      segmentSum(
        x,
        range((x as { shape: number[] }).shape[0] as number).map((k) => k % 3),
        3,
      )) as OfLength["f"],
    shapes: (n) => [[n, 2]],
    lists: (n) =>
      linear(
        6,
        range(n).flatMap((k) => range(2).map((j): [number, number, number] => [2 * k + j, 2 * (k % 3) + j, 1])),
      ),
  },
  {
    name: "polyval",
    f: polyval as OfLength["f"],
    shapes: (n) => [[n], [3]],
    lists: (n) => ({
      value: (c, x) => x.map((at) => total(c.map((each, k) => each * at ** (n - 1 - k)))),
      slopes: (ybar, c, x) => [
        c.map((_, k) => total(ybar.map((seed, i) => seed * (x[i] as number) ** (n - 1 - k)))),
        x.map((at, i) => (ybar[i] as number) * total(c.map((each, k) => (k === n - 1 ? 0 : (n - 1 - k) * each * at ** (n - 2 - k))))),
      ],
    }),
    from: 1,
    draw: (x) => x / 4,
  },
  loss(
    "mse",
    mse as OfLength["f"],
    (a, b) => (a - b) ** 2,
    (a, b) => 2 * (a - b),
    (a, b) => 2 * (b - a),
  ),
  loss(
    "huber",
    huber as OfLength["f"],
    (a, b) => (Math.abs(a - b) <= 1 ? (a - b) ** 2 / 2 : Math.abs(a - b) - 0.5),
    (a, b) => (Math.abs(a - b) <= 1 ? a - b : sign(a - b)),
    (a, b) => (Math.abs(a - b) <= 1 ? b - a : sign(b - a)),
  ),
  loss(
    "bceWithLogits",
    bceWithLogits as OfLength["f"],
    (a, b) => Math.log1p(Math.exp(-a)) + (1 - b) * a,
    (a, b) => sigmoid(a) - b,
    (a) => -a,
    Math.abs,
  ),
  loss(
    "klDiv",
    klDiv as OfLength["f"],
    (a, b) => a * Math.log(a / b),
    (a, b) => Math.log(a / b) + 1,
    (a, b) => -a / b,
    (x) => Math.fround(Math.abs(x) + 0.25),
    false,
  ),
  {
    name: "cosineSimilarity",
    f: cosineSimilarity as OfLength["f"],
    shapes: (n) => [[n], [n]],
    lists: () => {
      const size = (x: List): number => Math.sqrt(inner(x, x));
      const y = (a: List, b: List): number => inner(a, b) / (size(a) * size(b));
      const by = (a: List, b: List): number[] => a.map((x, k) => ((b[k] as number) / size(b) - (y(a, b) * x) / size(a)) / size(a));
      return {
        value: (a, b) => [y(a, b)],
        slopes: ([seed], a, b) => [by(a, b), by(b, a)].map((slopes) => slopes.map((s) => s * (seed as number))),
      };
    },
    from: 1,
  },
  ...(["many rows", "many classes"] as const).map((which): OfLength => {
    const shape = (n: number): readonly [number, number] => (which === "many rows" ? [n, 4] : [3, n]);
    const labels = (rows: number, classes: number): number[] => range(rows).map((i) => (7 * i + 2) % classes);
    const shares = (row: List): number[] => row.map((x) => Math.exp(x) / total(row.map(Math.exp)));
    return {
      name: `crossEntropy, ${which}`,
      f: ((x: { shape: [number, number] }) => crossEntropy(x as never, labels(...x.shape))) as OfLength["f"],
      shapes: (n) => [shape(n)],
      lists: (n) => {
        const [rows, classes] = shape(n);
        const right = labels(rows, classes);
        return {
          value: (x) => [total(rowsOf(x, rows, classes).map((row, i) => -Math.log(shares(row)[right[i] as number] as number))) / rows],
          slopes: ([seed], x) => [
            rowsOf(x, rows, classes).flatMap((row, i) =>
              shares(row).map((p, j) => ((seed as number) * (p - Number(j === right[i]))) / rows),
            ),
          ],
        };
      },
      from: 1,
    };
  }),
  between("pairwiseSqdist, many points on the left", pairwiseSqdist as OfLength["f"], false, (n) => [n, 3, 2]),
  between("pairwiseSqdist, many points on the right", pairwiseSqdist as OfLength["f"], false, (n) => [3, n, 2]),
  between("pairwiseSqdist, long points", pairwiseSqdist as OfLength["f"], false, (n) => [3, 2, n]),
  between("cdist, many points on the left", cdist as OfLength["f"], true, (n) => [n, 3, 2]),
  between("cdist, many points on the right", cdist as OfLength["f"], true, (n) => [3, n, 2], [1365, 1366]),
  between("cdist, long points", cdist as OfLength["f"], true, (n) => [3, 2, n]),
  {
    name: "rotaryEmbedding",
    f: rotaryEmbedding as OfLength["f"],
    shapes: (n) => [[4, n], [2]],
    lists: (n) => {
      const turned = (x: List, theta: List, way: 1 | -1): number[] =>
        range(4 * n).map((at) => {
          const [row, i] = [Math.floor(at / n), at % n];
          const angle = (i + 1) * (theta[row >> 1] as number);
          const odd = row % 2 === 1;
          const other = x[(odd ? row - 1 : row + 1) * n + i] as number;
          return (x[at] as number) * Math.cos(angle) + (odd ? way : -way) * other * Math.sin(angle);
        });
      return {
        value: (x, theta) => turned(x, theta, 1),
        slopes: (ybar, x, theta) => {
          const y = turned(x, theta, 1);
          const at = (list: List, row: number, i: number): number => list[row * n + i] as number;
          const along = (k: number): number =>
            total(range(n).map((i) => (i + 1) * (at(ybar, 2 * k + 1, i) * at(y, 2 * k, i) - at(ybar, 2 * k, i) * at(y, 2 * k + 1, i))));
          return [turned(ybar, theta, -1), [along(0), along(1)]];
        },
      };
    },
    edges: edgesOf(16),
  },
];

for (const { name, f, shapes, lists, from = 0, edges = [], draw = (x: number) => x } of functions) {
  test(name, () => {
    let turn = 0;
    for (const n of [...lengths, ...edges]) {
      if (n < from) continue;
      const next = numbersFrom(n + 3);
      const all = shapes(n).map((shape) => laidOut(shape, () => draw(next())));
      const oracle = lists(n);
      // Each layout in its turn, beside all others in theirs; mixed kinds too. Long arrays in one layout of either kind.
      const count = n > 200 ? 1 : 4;
      for (let k = 0; k < count; k++, turn++)
        checkOnLists(
          f,
          oracle,
          all.map((one, j) => one[(turn * (j + 1) + k) % one.length] as (typeof one)[0]),
          name,
        );
    }
  });
}

test.run();
