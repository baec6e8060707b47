/**
 * A program of its own, since memory is a matter of the whole process: prints how many arrays of the input's size gradients need beyond the
 * input, and how the memory that is held grows over 50 of them, as one line of JSON.
 */
import { heldBytes, peakOf, watchDoubles } from "./float-memory.js";

watchDoubles();
const { add, copy, exp, get, giveFloats, gradient, mul, pullback, pushforward, reshape, rowMajor, similar, sin, sum } = await load();

/** The library, after the watch has begun. */
async function load() {
  const library = await import("../../lib/index.js");
  const { giveFloats, rowMajor } = await import("../../lib/nd/index.js");
  return { ...library, giveFloats, rowMajor, get: (x: Traced, k: number) => x.get(k) };
}
type Traced = import("../../lib/index.js").AnyArray;
type Value = import("../../lib/index.js").Scalar;

/** The peak of a run that finds no memory of earlier ones: what is given back beyond the bound empties the pool. */
function peak(run: () => unknown): number {
  giveFloats(new Float64Array(2 ** 21 + 1));
  return peakOf(run);
}

const vector = (n: number) => rowMajor(new Float64Array(n).fill(0.5), [n]);

const programs: Record<string, (x: Traced) => Value> = {
  "sum(x)": (x) => sum(x),
  "sum(mul(x, x))": (x) => sum(mul(x, x)),
  "sum(mul(x, 2))": (x) => sum(mul(x, 2)),
  "sum(sin(x))": (x) => sum(sin(x)),
  "sum(add(x, x))": (x) => sum(add(x, x)),
  "sum(sin(x.step(-1)))": (x) => sum(sin(x.step(-1))),
  "sum(reshape(x, [4, -1]))": (x) => sum(reshape(x, [4, -1])),
  "sum(x.lo(1)) + sum(x)": (x) => add(sum(x.lo(1)), sum(x)),
};

const arrays: Record<string, number> = {};
const megabytes = 64;
const largest = vector((megabytes << 20) / 8);
arrays["64 MB"] = peak(() => gradient((x) => sum(mul(x, x)), largest)) / (megabytes << 20);
const n = 1 << 16;
const small = vector(n);
for (const [name, program] of Object.entries(programs)) arrays[name] = peak(() => gradient(program, small)) / (8 * n);
arrays["pullback"] = peak(() => pullback((x) => sin(x), small)[1](small)) / (8 * n);
arrays["pushforward"] = peak(() => pushforward((x) => mul(x, x), [small], [small])) / (8 * n);

/** A chain of array operations keeps each result until the way back has used it. */
const chains: Record<string, number> = {};
for (const length of [1, 4, 12]) {
  const chain = (x: Traced): Value => {
    let y = x;
    for (let k = 0; k < length; k++) y = k % 2 === 0 ? sin(y) : mul(y, x);
    return sum(y);
  };
  chains[length] = peak(() => gradient(chain, small)) / (8 * n);
}

/** Entries that are read one by one, of a large array. */
const reads: Record<string, number> = {};
const held: Record<string, number> = {};
const many = 4_000_000;
const huge = vector(many);
for (const [name, program] of Object.entries<(x: Traced) => Value>({
  "one entry": (x) => get(x, 7),
  "all entries, added up": (x) => {
    let total: Value = 0;
    for (let k = 0; k < many; k++) total = add(total, get(x, k));
    return total;
  },
})) {
  const before = heldBytes();
  reads[name] = peak(() => gradient(program, huge)) / (8 * many);
  // What is referred to weakly may go when the turn of the event loop is over.
  await new Promise((resolve) => setImmediate(resolve));
  held[name] = heldBytes() - before;
}

/** Programs that leave all that a tape can hold: scalars, records, arrays read one by one, written ones, sums, an inner call. */
const busy = (x: Traced, s: Value): Value => {
  let total: Value = s;
  for (let k = 0; k < 100; k++) total = add(mul(total, 0.9), mul(get(x, k), s));
  const y = similar(x);
  for (let k = 0; k < 100; k++) y.set(k, mul(get(x, k), total));
  const inner = gradient((z) => mul(z, mul(z, s)), total)[0] as Value;
  return add(add(sum(exp(mul(0.01, copy(y)))), inner), sum(x.lo(5)));
};
const x = vector(3000);
const grow: Record<string, number> = {};
for (const [name, once] of Object.entries({
  gradient: () => gradient(busy, x, 1.5),
  pullback: () => pullback(busy, x, 1.5)[1](1),
  pushforward: () => pushforward(busy, [x, 1.5], [x, 1]),
  "a gradient that throws": () => {
    try {
      return gradient((a, s) => mul(busy(a, s), "s" as never), x, 1.5);
    } catch {
      return 0;
    }
  },
})) {
  for (let k = 0; k < 10; k++) once();
  // The middle one of seven rounds: what leaks does so in each of them; what the engine compiles and learns comes and goes in few.
  const rounds = Array.from({ length: 7 }, () => {
    const before = heldBytes();
    for (let k = 0; k < 50; k++) once();
    return heldBytes() - before;
  });
  grow[name] = rounds.sort((a, b) => a - b)[3] as number;
}

process.stdout.write(JSON.stringify({ arrays, chains, reads, held, grow }));
