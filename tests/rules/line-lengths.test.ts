import { test } from "uvu";
import {
  cummax,
  cumprod,
  cumsum,
  diff,
  layerNorm,
  logcumsumexp,
  logSoftmax,
  logsumexp,
  max,
  mean,
  median,
  min,
  type NdArray,
  norm,
  normalize,
  prod,
  quantile,
  rmsNorm,
  softmax,
  sort,
  std,
  sum,
  trapz,
  variance,
} from "../../lib/index.js";
import { checkOnLists, type OnLists } from "../helpers/at-lengths.js";
import { laidOut, lengths, numbersFrom, rowsOf } from "../helpers/lengths.js";

// What goes along lines, at lengths around every unrolling, against the same on one list.

type List = readonly number[];

/** A function of lines: of one list, and how it is called along an axis. */
interface OfLines {
  readonly name: string;
  readonly f: (x: NdArray, options: { readonly axis: number }) => unknown;
  readonly value: (xs: List) => List;
  readonly slopes: (ybar: List, xs: List) => List;
  /** The shortest line; 0 unless given. */
  readonly from?: number;
  /** Whether it knows the last axis alone. */
  readonly last?: boolean;
}

const total = (xs: List): number => xs.reduce((a, b) => a + b, 0);
const dot = (xs: List, ys: List): number => total(xs.map((x, k) => x * (ys[k] as number)));
const average = (xs: List): number => total(xs) / xs.length;
const squares = (xs: List): number => {
  const middle = average(xs);
  return total(xs.map((x) => (x - middle) ** 2));
};
const heads = (xs: List): List[] => xs.map((_, k) => xs.slice(0, k + 1));
const tails = (xs: List): List[] => xs.map((_, k) => xs.slice(k));
const product = (xs: List): number => xs.reduce((a, b) => a * b, 1);
const ranks = (xs: List): number[] => [...xs.keys()].sort((a, b) => (xs[a] as number) - (xs[b] as number) || a - b);
const at = (xs: List, k: number): number => xs[k] ?? 0;
const one = (n: number, place: number, entry = 1): number[] => Array.from({ length: n }, (_, k) => (k === place ? entry : 0));
const largest = (xs: List): number => xs.indexOf(xs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY));
const logOf = (xs: List): number => Math.log(total(xs.map(Math.exp)));
const shares = (xs: List): number[] => {
  const log = logOf(xs);
  return xs.map((x) => Math.exp(x - log));
};

/** A reduction, whose slopes are those of one number. */
const reduces = (
  name: string,
  f: OfLines["f"],
  value: (xs: List) => number,
  slopes: (xs: List) => List,
  more: { readonly from?: number } = {},
): OfLines => ({
  name,
  f,
  value: (xs) => [value(xs)],
  slopes: (ybar, xs) => slopes(xs).map((slope) => slope * (ybar[0] as number)),
  ...more,
});

const pNorm = (p: number): OfLines => {
  const size = (xs: List): number => total(xs.map((x) => Math.abs(x) ** p)) ** (1 / p);
  return reduces(
    `norm of order ${p}`,
    (x, options) => norm(x, { ...options, ord: p }),
    size,
    (xs) => {
      const y = size(xs);
      return xs.map((x) => Math.sign(x) * (Math.abs(x) / y) ** (p - 1));
    },
  );
};

/** Quantiles by the two entries around them. */
const between = (name: string, q: number, f: OfLines["f"]): OfLines => {
  const around = (xs: List): readonly [low: number, high: number, t: number] => {
    const h = q * (xs.length - 1);
    const places = ranks(xs);
    return [places[Math.floor(h)] as number, places[Math.ceil(h)] as number, h - Math.floor(h)];
  };
  return reduces(
    name,
    f,
    (xs) => {
      const [low, high, t] = around(xs);
      return (1 - t) * (xs[low] as number) + t * (xs[high] as number);
    },
    (xs) => {
      const [low, high, t] = around(xs);
      return xs.map((_, k) => (k === low ? 1 - t : 0) + (k === high ? t : 0));
    },
    { from: 1 },
  );
};

/** ŷ = (x − c) r, c the mean or 0: what the normalizations do to a line. */
const normalized = (name: string, f: OfLines["f"], centred: boolean, eps: number, divide: boolean): OfLines => {
  const parts = (xs: List): { r: number; y: number[] } => {
    const middle = centred ? average(xs) : 0;
    const power = total(xs.map((x) => (x - middle) ** 2)) / (divide ? xs.length : 1);
    const r = 1 / Math.sqrt(power + eps);
    return { r, y: xs.map((x) => (x - middle) * r) };
  };
  return {
    name,
    f,
    value: (xs) => parts(xs).y,
    slopes: (ybar, xs) => {
      const { r, y } = parts(xs);
      const along = dot(y, ybar) / (divide ? xs.length : 1);
      const seeds = centred ? average(ybar) : 0;
      return ybar.map((seed, k) => r * (seed - seeds - (y[k] as number) * along));
    },
    from: 1,
    last: divide,
  };
};

const spread = (root: boolean): OfLines =>
  reduces(
    root ? "std" : "variance",
    (x, options) => (root ? std : variance)(x, options),
    (xs) => (root ? Math.sqrt(squares(xs) / xs.length) : squares(xs) / xs.length),
    (xs) => {
      const [middle, factor] = [average(xs), (root ? 1 / Math.sqrt(squares(xs) / xs.length) : 2) / xs.length];
      return xs.map((x) => (x - middle) * factor);
    },
    { from: 2 },
  );

const functions: OfLines[] = [
  reduces("sum", sum as OfLines["f"], total, (xs) => xs.map(() => 1)),
  reduces("mean", mean, average, (xs) => xs.map(() => 1 / xs.length), { from: 1 }),
  reduces("prod", prod, product, (xs) => xs.map((x) => product(xs) / x)),
  ...[1, 1.5, 2, 3, 4].map(pNorm),
  reduces(
    "norm of order ∞",
    (x, options) => norm(x, { ...options, ord: Number.POSITIVE_INFINITY }),
    (xs) => Math.max(0, ...xs.map(Math.abs)),
    (xs) => one(xs.length, largest(xs.map(Math.abs)), Math.sign(xs[largest(xs.map(Math.abs))] as number)),
  ),
  spread(false),
  spread(true),
  reduces("logsumexp", logsumexp, logOf, shares),
  reduces(
    "max",
    max as OfLines["f"],
    (xs) => Math.max(...xs),
    (xs) => one(xs.length, largest(xs)),
    { from: 1 },
  ),
  reduces(
    "min",
    min as OfLines["f"],
    (xs) => Math.min(...xs),
    (xs) => one(xs.length, largest(xs.map((x) => -x))),
    { from: 1 },
  ),
  between("median", 0.5, median),
  between("quantile", 0.3, (x, options) => quantile(x, 0.3, options)),
  {
    name: "sort",
    f: sort,
    value: (xs) => ranks(xs).map((k) => xs[k] as number),
    slopes: (ybar, xs) => {
      const places = ranks(xs);
      return xs.map((_, k) => ybar[places.indexOf(k)] as number);
    },
  },
  { name: "cumsum", f: cumsum, value: (xs) => heads(xs).map(total), slopes: (ybar) => tails(ybar).map(total) },
  {
    name: "cumprod",
    f: cumprod,
    value: (xs) => heads(xs).map(product),
    slopes: (ybar, xs) => {
      // No entry is 0: the product of all others is a quotient.
      const products = heads(xs).map(product);
      return xs.map((x, k) => dot(ybar.slice(k), products.slice(k)) / x);
    },
  },
  {
    name: "cummax",
    f: cummax,
    value: (xs) => heads(xs).map((head) => Math.max(...head)),
    slopes: (ybar, xs) => {
      const places = heads(xs).map(largest);
      return xs.map((_, k) => total(ybar.filter((__, n) => places[n] === k)));
    },
  },
  {
    name: "logcumsumexp",
    f: logcumsumexp,
    value: (xs) => heads(xs).map(logOf),
    slopes: (ybar, xs) => {
      const parts = heads(xs).map(shares);
      return xs.map((_, k) => total(ybar.map((seed, n) => seed * at(parts[n] as List, k))));
    },
  },
  {
    name: "softmax",
    f: softmax,
    value: shares,
    slopes: (ybar, xs) => {
      const mean = dot(shares(xs), ybar);
      return shares(xs).map((share, k) => share * ((ybar[k] as number) - mean));
    },
  },
  {
    name: "logSoftmax",
    f: logSoftmax,
    value: (xs) => {
      const log = logOf(xs);
      return xs.map((x) => x - log);
    },
    slopes: (ybar, xs) => {
      const seeds = total(ybar);
      return shares(xs).map((share, k) => (ybar[k] as number) - share * seeds);
    },
  },
  {
    name: "diff",
    f: diff,
    value: (xs) => xs.slice(1).map((x, k) => x - (xs[k] as number)),
    slopes: (ybar, xs) => xs.map((_, k) => at(ybar, k - 1) - at(ybar, k)),
    from: 1,
  },
  {
    ...reduces(
      "trapz",
      (x) => trapz(x),
      (xs) => (xs.length < 2 ? 0 : total(xs) - (at(xs, 0) + at(xs, xs.length - 1)) / 2),
      (xs) => xs.map((_, k) => (xs.length < 2 ? 0 : k === 0 || k === xs.length - 1 ? 0.5 : 1)),
      { from: 1 },
    ),
    last: true,
  },
  normalized("layerNorm", (x) => layerNorm(x), true, 1e-5, true),
  normalized("rmsNorm", (x) => rmsNorm(x), false, 1e-5, true),
  normalized("normalize", normalize, false, 0, false),
];

/** What a function does to the rows, or the columns, of a matrix given as a list. */
function ofMatrix({ value, slopes }: OfLines, [rows, columns]: readonly [number, number], axis: 0 | 1): OnLists {
  const flip = (lines: List[], length: number): List[] => Array.from({ length }, (_, k) => lines.map((line) => line[k] as number));
  const linesOf = (xs: List): List[] => (axis === 1 ? rowsOf(xs, rows, columns) : flip(rowsOf(xs, rows, columns), columns));
  const joined = (lines: List[]): number[] => (axis === 1 ? lines : flip(lines, lines[0]?.length ?? 0)).flat();
  return {
    value: (xs) => joined(linesOf(xs).map(value)),
    slopes: (ybar, xs) => {
      const lines = linesOf(xs);
      const seeds = axis === 1 ? rowsOf(ybar, rows, ybar.length / rows) : flip(rowsOf(ybar, ybar.length / columns, columns), columns);
      return [joined(lines.map((line, n) => slopes(seeds[n] as List, line)))];
    },
  };
}

for (const each of functions) {
  const { name, f, from = 0, last = false } = each;
  const axes = last ? ([1] as const) : ([0, 1] as const);
  test(`${name} of lists, of rows and of columns`, () => {
    let turn = 0;
    for (const n of lengths) {
      const draw = numbersFrom(n + 1);
      if (n >= from) {
        const onList: OnLists = { value: each.value, slopes: (ybar, xs) => [each.slopes(ybar, xs as List)] };
        for (const x of laidOut([n], draw)) checkOnLists((y: NdArray) => f(y, { axis: 0 }), onList, [x], name);
      }
      for (const axis of axes) {
        for (const shape of [
          [n, 3],
          [5, n],
        ] as const) {
          if (shape[axis] < from || shape[1 - axis] === 0) continue;
          // In turn: all layouts at each length would take long and show nothing more.
          const all = laidOut(shape, draw);
          for (const k of [turn, turn + all.length / 2])
            checkOnLists(
              (y: NdArray) => f(y, { axis }),
              ofMatrix(each, shape, axis),
              [all[k % all.length] as (typeof all)[0]],
              `${name} along axis ${axis}`,
            );
          turn++;
        }
      }
    }
  });
}

test.run();
