// Tests: pooling, windows.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  avgPool1d,
  avgPool2d,
  gradient,
  maxPool1d,
  maxPool2d,
  mul,
  type NdArray,
  ones,
  pushforward,
  sum,
  toNested,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals, layouts } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

type Pair = readonly [number, number];
interface Windows {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  readonly ceilMode?: boolean;
}

/** The entries of each window, undefined in the padding, handed to `fold`; what lies beyond the padding at the end is no entry at all. */
function looped(
  x: NdArray,
  { kernel, stride, padding, ceilMode = false }: Windows,
  fold: (entries: readonly (number | undefined)[]) => number,
): NdArray {
  const [batch, channels, height, width] = x.shape as [number, number, number, number];
  const count = (extent: number, side: 0 | 1): number => {
    let windows = 0;
    while (windows * stride[side] + kernel[side] <= extent + 2 * padding[side]) windows++;
    const covered = windows === 0 ? 0 : (windows - 1) * stride[side] + kernel[side];
    const begins = windows * stride[side] - padding[side];
    return ceilMode && covered < extent + 2 * padding[side] && begins < extent ? windows + 1 : windows;
  };
  return build([batch, channels, count(height, 0), count(width, 1)], (n, c, i, j) => {
    const entries: (number | undefined)[] = [];
    for (let p = 0; p < kernel[0]; p++) {
      for (let q = 0; q < kernel[1]; q++) {
        const row = i * stride[0] - padding[0] + p;
        const column = j * stride[1] - padding[1] + q;
        if (row >= height + padding[0] || column >= width + padding[1]) continue;
        entries.push(row < 0 || row >= height || column < 0 || column >= width ? undefined : x.get(n, c, row, column));
      }
    }
    return fold(entries);
  });
}

const isEntry = (entry: number | undefined): entry is number => entry !== undefined;
const largest = (entries: readonly (number | undefined)[]): number => Math.max(...entries.filter(isEntry));
const mean = (entries: readonly (number | undefined)[]): number =>
  entries.reduce<number>((total, entry) => total + (entry ?? 0), 0) / entries.length;
const meanInside = (entries: readonly (number | undefined)[]): number => mean(entries.filter(isEntry));

const x = decimals([2, 2, 4, 5], 1);
const line = decimals([2, 2, 6], 2);
const data = line.data as Float64Array;
const asPlane = build([2, 2, 1, 6], (n, c, _, l) => data[12 * n + 6 * c + l] as number);
const asLine = (y: NdArray): NdArray =>
  build([y.shape[0] as number, y.shape[1] as number, y.shape[3] as number], (n, c, l) => y.get(n, c, 0, l));

const planes: readonly (readonly [options: Parameters<typeof maxPool2d>[1], meant: Windows])[] = [
  [{ kernel: 2 }, { kernel: [2, 2], stride: [2, 2], padding: [0, 0] }],
  [{ kernel: [2, 3] }, { kernel: [2, 3], stride: [2, 3], padding: [0, 0] }],
  [
    { kernel: 3, stride: 1, padding: 1 },
    { kernel: [3, 3], stride: [1, 1], padding: [1, 1] },
  ],
  [
    { kernel: [4, 2], stride: [1, 3], padding: [2, 1] },
    { kernel: [4, 2], stride: [1, 3], padding: [2, 1] },
  ],
  [{ kernel: 1 }, { kernel: [1, 1], stride: [1, 1], padding: [0, 0] }],
  [
    { kernel: [3, 2], stride: 2, padding: [0, 1], ceilMode: true },
    { kernel: [3, 2], stride: [2, 2], padding: [0, 1], ceilMode: true },
  ],
];
const lines: readonly (readonly [options: Parameters<typeof maxPool1d>[1], meant: Windows])[] = [
  [{ kernel: 2 }, { kernel: [1, 2], stride: [1, 2], padding: [0, 0] }],
  [
    { kernel: 3, stride: 2, padding: 1 },
    { kernel: [1, 3], stride: [1, 2], padding: [0, 1] },
  ],
  [
    { kernel: 4, ceilMode: true },
    { kernel: [1, 4], stride: [1, 4], padding: [0, 0], ceilMode: true },
  ],
];

modeTests([
  ...planes.flatMap(([options, meant]) => [
    {
      title: `maxPool2d, ${JSON.stringify(options)}`,
      f: (p: NdArray) => maxPool2d(p, options),
      args: [x],
      value: looped(x, meant, largest),
    },
    { title: `avgPool2d, ${JSON.stringify(options)}`, f: (p: NdArray) => avgPool2d(p, options), args: [x], value: looped(x, meant, mean) },
    {
      title: `avgPool2d without the padding, ${JSON.stringify(options)}`,
      f: (p: NdArray) => avgPool2d(p, { ...options, countIncludePad: false }),
      args: [x],
      value: looped(x, meant, meanInside),
    },
  ]),
  ...lines.flatMap(([options, meant]) => [
    {
      title: `maxPool1d, ${JSON.stringify(options)}`,
      f: (p: NdArray) => maxPool1d(p, options),
      args: [line],
      value: asLine(looped(asPlane, meant, largest)),
    },
    {
      title: `avgPool1d, ${JSON.stringify(options)}`,
      f: (p: NdArray) => avgPool1d(p, options),
      args: [line],
      value: asLine(looped(asPlane, meant, mean)),
    },
    {
      title: `avgPool1d without the padding, ${JSON.stringify(options)}`,
      f: (p: NdArray) => avgPool1d(p, { ...options, countIncludePad: false }),
      args: [line],
      value: asLine(looped(asPlane, meant, meanInside)),
    },
  ]),
]);

test("at ties the first entry in row-major order counts, forward and reverse", () => {
  const tied = array([
    [
      [
        [1, 7],
        [7, 7],
      ],
    ],
  ]);
  assert.equal(toNested(gradient((p) => sum(maxPool2d(p, { kernel: 2 })), tied)[0]), [
    [
      [
        [0, 1],
        [0, 0],
      ],
    ],
  ]);
  const direction = array([
    [
      [
        [1, 2],
        [4, 8],
      ],
    ],
  ]);
  assert.equal(toNested(pushforward((p: AnyArray) => maxPool2d(p, { kernel: 2 }), [tied], [direction])[1]), [[[[2]]]]);
});

test("an entry that is the largest of several windows gets all their cotangents", () => {
  const [g] = gradient((p) => sum(mul(array([[[1, 10, 100]]]), maxPool1d(p, { kernel: 3, stride: 1 }))), array([[[1, 2, 5, 4, 3]]]));
  assert.equal(toNested(g), [[[0, 0, 111, 0, 0]]]);
});

test("padding counts as −∞ for the largest, as 0 for the mean", () => {
  const below = array([[[-3, -2]]]);
  assert.equal(toNested(maxPool1d(below, { kernel: 2, stride: 1, padding: 1 })), [[[-3, -2, -2]]]);
  assert.equal(toNested(avgPool1d(below, { kernel: 2, stride: 1, padding: 1 })), [[[-1.5, -2.5, -1]]]);
  assert.equal(toNested(avgPool1d(below, { kernel: 2, stride: 1, padding: 1, countIncludePad: false })), [[[-3, -2.5, -2]]]);
});

test("ceilMode: what is left over makes a shorter window, but none that begins in the padding at the end", () => {
  const five = array([[[1, 2, 3, 4, 5]]]);
  assert.equal(toNested(maxPool1d(five, { kernel: 2 })), [[[2, 4]]]);
  assert.equal(toNested(maxPool1d(five, { kernel: 2, ceilMode: true })), [[[2, 4, 5]]]);
  assert.equal(toNested(avgPool1d(five, { kernel: 2, ceilMode: true })), [[[1.5, 3.5, 5]]]);
  assert.equal(toNested(gradient((x) => sum(avgPool1d(x, { kernel: 2, ceilMode: true })), five)[0]), [[[0.5, 0.5, 0.5, 0.5, 1]]]);
  assert.equal(toNested(avgPool1d(five, { kernel: 3, padding: 1, ceilMode: true })), [[[1, 4]]]);
  // The padding counts, what lies beyond it does not: the last is (4 + 0) / 2, of a window of 3.
  assert.equal(toNested(avgPool1d(array([[[1, 2, 3, 4]]]), { kernel: 3, stride: 2, padding: 1, ceilMode: true })), [[[1, 3, 2]]]);
  assert.equal(toNested(avgPool1d(array([[[1, 2, 3, 4]]]), { kernel: 3, stride: 2, padding: 1, ceilMode: true, countIncludePad: false })), [
    [[1.5, 3, 4]],
  ]);
  // Four windows would begin at −1, 1, 3 and 5: the last in the padding.
  assert.equal(maxPool1d(five, { kernel: 2, padding: 1, ceilMode: true }).shape, [1, 1, 3]);
  assert.equal(toNested(maxPool1d(array([[[7, 8]]]), { kernel: 3, ceilMode: true })), [[[8]]]);
  assert.throws(
    () => maxPool1d(array([[[7, 8]]]), { kernel: 3, stride: 1, ceilMode: true }),
    (e: Error) => e.message.startsWith("maxPool1d: a window of 3 entries does not fit axis 2, which has 2 with its padding; "),
  );
});

test("ceilMode changes nothing where windows leave nothing over", () => {
  for (const f of [maxPool2d, avgPool2d])
    assertClose(f(x, { kernel: [2, 5], ceilMode: true }), f(x, { kernel: [2, 5] }), { rtol: 0, atol: 0 });
});

test("the number of windows is that of PyTorch's formula", () => {
  for (let input = 1; input < 12; input++)
    for (const [kernel, stride, padding] of [
      [2, 2, 0],
      [2, 2, 1],
      [3, 2, 1],
      [3, 1, 1],
      [3, 5, 1],
      [2, 3, 1],
      [1, 4, 0],
      [4, 3, 2],
    ] as const) {
      let expected = Math.floor((input + 2 * padding - (kernel - 1) - 1 + stride - 1) / stride) + 1;
      if ((expected - 1) * stride >= input + padding) expected--;
      if (expected < 1) continue;
      assert.is(maxPool1d(ones([1, 1, input]), { kernel, stride, padding, ceilMode: true }).shape[2], expected);
    }
});

test("NaN propagates to each window that has it, and −∞ is an entry like any other", () => {
  assert.equal(toNested(maxPool1d(array([[[1, Number.NaN, 9, 2]]]), { kernel: 2, stride: 1 })), [[[Number.NaN, Number.NaN, 9]]]);
  const [g] = gradient((p) => sum(maxPool1d(p, { kernel: 4 })), array([[[1, Number.NaN, 9, Number.NaN]]]));
  assert.equal(toNested(g), [[[0, 1, 0, 0]]]);
  const least = Number.NEGATIVE_INFINITY;
  assert.equal(toNested(maxPool1d(array([[[least, least]]]), { kernel: 2 })), [[[least]]]);
});

test("no images give no images", () => {
  assert.equal(maxPool2d(zeros([0, 2, 4, 4]), { kernel: 2 }).shape, [0, 2, 2, 2]);
  assert.equal(avgPool2d(zeros([2, 0, 4, 4]), { kernel: 2 }).shape, [2, 0, 2, 2]);
  assert.equal(gradient((p) => sum(maxPool2d(p, { kernel: 2 })), zeros([0, 2, 4, 4]))[0].shape, [0, 2, 4, 4]);
});

refused([
  [() => maxPool1d(line, { kernel: 2, ceilMode: 1 as never }), TypeError, "maxPool1d: ceilMode is a number; give true or false"],
  [() => maxPool1d(ones([4]), { kernel: 2 }), RangeError, "maxPool1d: x has shape [4]; an array of shape [N, C, L] is needed"],
  [() => avgPool2d(3 as never, { kernel: 2 }), TypeError, "avgPool2d: x is a number; an array of shape [N, C, H, W] is needed"],
  [() => maxPool1d(ones([1, 1, 4]), {} as never), TypeError, "maxPool1d: kernel is undefined; give an integer from 1 on"],
  [() => maxPool2d(x, { kernel: [2, 0] }), RangeError, "maxPool2d: kernel = [2, 0]; give an integer from 1 on, or a pair of them"],
  [
    () => maxPool2d(x, { kernel: [2, 2, 2] as never }),
    RangeError,
    "maxPool2d: kernel = [2, 2, 2]; give an integer from 1 on, or a pair of them",
  ],
  [() => avgPool1d(line, { kernel: 2, stride: 0.5 }), RangeError, "avgPool1d: stride = 0.5; give an integer from 1 on"],
  [
    () => maxPool1d(line, { kernel: 3, padding: 2 }),
    RangeError,
    "maxPool1d: padding = 2 is more than half of a window of 3; make it smaller",
  ],
  [
    () => avgPool2d(x, { kernel: [2, 6] }),
    RangeError,
    "avgPool2d: a window of 6 entries does not fit axis 3, which has 5 with its padding; make the kernel smaller, but at least 1",
  ],
  [
    () => maxPool1d(ones([2, 2, 0]), { kernel: 2, padding: 1 }),
    RangeError,
    "maxPool1d: axis 2 of an array of shape [2, 2, 0] is empty; give it entries",
  ],
  [
    () => avgPool1d(line, { kernel: 2, countIncludePad: 1 as never }),
    TypeError,
    "avgPool1d: countIncludePad is a number; give true or false",
  ],
]);

test("windows of any extent over any memory: the largest entry, the mean and their pullbacks", () => {
  for (const width of [1, 2, 3, 4, 7, 8, 9, 16, 17, 63, 65]) {
    for (const [kernel, stride, padding] of [
      [1, 1, 0],
      [2, 2, 0],
      [2, 1, 1],
      [3, 2, 1],
      [4, 1, 2],
    ] as const) {
      if (kernel > width + 2 * padding || kernel > 3 + 2 * padding) continue;
      const x = decimals([1, 2, 3, width], width);
      const windows: Windows = { kernel: [kernel, kernel], stride: [stride, stride], padding: [padding, padding] };
      const options = { kernel, stride, padding };
      for (const [layout, laid] of Object.entries(layouts)) {
        assertClose(maxPool2d(laid(x), options), looped(x, windows, largest), { rtol: 0, atol: 0 }, layout);
        assertClose(avgPool2d(laid(x), options), looped(x, windows, mean), { rtol: 1e-13 }, layout);
        const inside = { ...options, countIncludePad: false };
        assertClose(avgPool2d(laid(x), inside), looped(x, windows, meanInside), { rtol: 1e-13 }, layout);
        for (const f of [maxPool2d, avgPool2d, (z: NdArray, o: typeof options) => avgPool2d(z, { ...o, countIncludePad: false })]) {
          const weights = decimals(f(x, options).shape, 5);
          const [xbar] = gradient((z) => sum(mul(f(z as NdArray, options), weights)), laid(x));
          // They are linear where their windows stand: ⟨x̄, x⟩ = ⟨ȳ, y⟩.
          assertClose(sum(mul(xbar, x)), sum(mul(f(x, options), weights)), { rtol: 1e-11, atol: 1e-11 }, layout);
        }
      }
    }
  }
});

test("the first NaN of a window beats all, whatever comes before or after it", () => {
  const y = maxPool1d(array([[[1, Number.NaN, 5, 7, 2, Number.NaN]]]), { kernel: 2 });
  assert.equal(toNested(y), [[[Number.NaN, 7, Number.NaN]]]);
  const [xbar] = gradient((x) => sum(maxPool1d(x, { kernel: 4 })), array([[[1, Number.NaN, Number.NaN, 7]]]));
  assert.equal(toNested(xbar), [[[0, 1, 0, 0]]]);
  const lowest = array([[[Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]]]);
  assert.equal(toNested(gradient((x) => sum(maxPool1d(x, { kernel: 2 })), lowest)[0]), [[[1, 0]]]);
});

test.run();
