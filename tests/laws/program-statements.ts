import { type ArrayVariable, apart, list, type Made, onArray, type Step, sizeOf } from "./program-steps.js";

const small =
  (limit: number) =>
  (shape: readonly number[]): boolean =>
    sizeOf(shape) <= limit;
const matrix = (shape: readonly number[]): boolean => shape.length === 2;
const vector = (shape: readonly number[]): boolean => shape.length === 1;

const shaped = (
  make: (v: ArrayVariable) => readonly [text: string, shape: readonly number[]],
  fits?: (shape: readonly number[]) => boolean,
): Step =>
  onArray((v) => {
    const [text, shape] = make(v);
    return { text, shape };
  }, fits);

const reversed = <T>(xs: readonly T[]): T[] => [...xs].reverse();

/** Functions that move entries, and ndarray's own views. */
export const shaping: readonly Step[] = [
  shaped(({ name, shape }) => [`transpose(${name})`, reversed(shape)]),
  shaped(({ name, shape }) => [`reshape(${name}, ${list(reversed(shape))})`, reversed(shape)]),
  shaped(({ name, shape }) => [`ravel(${name})`, [sizeOf(shape)]]),
  shaped(({ name, shape }) => [`flip(${name}, { axis: 0 })`, shape]),
  shaped(({ name, shape }) => [`roll(${name}, 1, { axis: -1 })`, shape]),
  shaped(({ name, shape }) => [`tile(${name}, 2)`, [...shape.slice(0, -1), 2 * (shape.at(-1) as number)]], small(6)),
  shaped(({ name, shape }) => [`repeat(${name}, 2, { axis: 0 })`, [2 * (shape[0] as number), ...shape.slice(1)]], small(6)),
  shaped(({ name, shape }) => [`pad(${name}, [1, 0], { value: 0.5 })`, shape.map((n) => n + 1)], small(6)),
  shaped(({ name, shape }) => [`concat([${name}, mul(2, ${name})])`, [2 * (shape[0] as number), ...shape.slice(1)]], small(6)),
  shaped(
    ({ name, shape }) => [`split(${name}, ${shape[0]})[1]`, [1, ...shape.slice(1)]],
    (s) => (s[0] as number) > 1,
  ),
  shaped(
    ({ name, shape }) => [`squeeze(expandDims(${name}, 1))`, shape],
    (s) => !s.includes(1),
  ),
  shaped(({ name, shape }) => [`broadcastTo(${name}, ${list([2, ...shape])})`, [2, ...shape]], small(6)),
  shaped(({ name, shape }) => [`slice(${name}, ${list(shape.map((_, k) => (k === 0 ? "[undefined, undefined, -1]" : "null")))})`, shape]),
  shaped(({ name, shape }) => [`tril(rot90(${name}))`, reversed(shape)], matrix),
  shaped(({ name, shape }) => [`triu(swapaxes(${name}, 0, 1), { k: 1 })`, reversed(shape)], matrix),
  shaped(({ name, shape }) => [`diagonal(moveaxis(${name}, 0, 1))`, [Math.min(...shape)]], matrix),
  shaped(
    ({ name, shape }) => [`diag(${name}, { k: 1 })`, [(shape[0] as number) + 1, (shape[0] as number) + 1]],
    (s) => vector(s) && s[0] === 3,
  ),
  (choice) => ({ text: `linspace(${choice.number()}, ${choice.number()}, 3)`, shape: [3] }),
  (choice) => ({ text: `stack([${choice.number()}, sin(${choice.number()}), ${choice.number()}])`, shape: [3] }),
  shaped(
    ({ name, shape }) => [`${name}.pick(1)`, shape.slice(1)],
    (s) => s.length > 1 && (s[0] as number) > 1,
  ),
  shaped(
    ({ name, shape }) => [`${name}.lo(1).step(-1)`, [(shape[0] as number) - 1, ...shape.slice(1)]],
    (s) => (s[0] as number) > 1,
  ),
  shaped(
    ({ name, shape }) => [`${name}.hi(2)`, [2, ...shape.slice(1)]],
    (s) => (s[0] as number) > 2,
  ),
  shaped(({ name, shape }) => [`${name}.transpose(1, 0)`, reversed(shape)], matrix),
  onArray(({ name, shape }, choice) => ({ text: `${name}.get(${shape.map((n) => choice.below(n)).join(", ")})` })),
];

/** Products, and the lab's functions. */
export const products: readonly Step[] = [
  onArray(
    ({ name, shape }) => ({ text: `tanh(matmul(${name}, transpose(sin(${name}))))`, shape: [shape[0] as number, shape[0] as number] }),
    matrix,
  ),
  onArray(({ name }) => ({ text: `sin(trace(matmul(${name}, transpose(${name}))))` }), matrix),
  onArray((u, choice) => {
    const v = choice.array((shape) => vector(shape) && shape[0] === u.shape.at(-1));
    return v && { text: `sin(matmul(${u.name}, ${v.name}))`, shape: u.shape.slice(0, -1) };
  }, matrix),
  onArray(({ name }) => ({ text: `sin(dot(ravel(${name}), ravel(cos(${name}))))` })),
  onArray(
    ({ name, shape }) => ({ text: `sin(outer(${name}, ${name}))`, shape: [shape[0] as number, shape[0] as number] }),
    (s) => vector(s) && small(4)(s),
  ),
  onArray((v) => ({ text: `sin(hausdorffDistance(${apart(v)}))` }), matrix),
  onArray((v) => ({ text: `sin(chamferDistance(${apart(v)}))` }), matrix),
  onArray(
    ({ name, shape: [m, n] }) => ({
      text: `sin(poolSum(${name}, createRange(${m}, 2), createRange(${n}, 2)))`,
      shape: [Math.ceil((m as number) / 2), Math.ceil((n as number) / 2)],
    }),
    matrix,
  ),
  onArray(
    ({ name, shape }, choice) => ({ text: `rotaryEmbedding(${name}, stack([${choice.number()}]))`, shape }),
    (s) => matrix(s) && s[0] === 2,
  ),
];

const every = (shape: readonly number[]): { heads: string[]; at: string } => {
  const names = ["i", "j", "k"].slice(0, shape.length);
  return { heads: names.map((i, axis) => `for (let ${i} = 0; ${i} < ${shape[axis]}; ${i}++)`), at: names.join(", ") };
};

const lines = (v: ArrayVariable, make: (name: string, at: string, loop: string) => readonly string[], keep = true): Made => {
  const { heads, at } = every(v.shape);
  return { text: (name) => make(name, at, heads.join(" ")), shape: keep ? v.shape : undefined };
};

/** Loops, branches, and arrays that are written to, some entries more than once. */
export const statements: readonly Step[] = [
  onArray((v, choice) => {
    const s = choice.number();
    return lines(v, (b, at, loop) => [`let ${b} = 0;`, `${loop} ${b} = add(${b}, sin(mul(${v.name}.get(${at}), ${s})));`], false);
  }),
  onArray((v, choice) => {
    const s = choice.number();
    return lines(v, (b, at, loop) => [`let ${b} = ${s};`, `${loop} ${b} = sin(add(${b}, mul(0.5, ${v.name}.get(${at}))));`], false);
  }),
  (choice) => {
    const s = choice.number();
    return { text: `exceeds(${s}, 0.1) ? sin(${s}) : square(cos(${s}))` };
  },
  (choice) => {
    const s = choice.number();
    return { text: (b) => [`let ${b} = sin(${s});`, `while (exceeds(${b}, 0.4)) ${b} = mul(0.6, ${b});`] };
  },
  onArray((v, choice) => {
    const [s, t] = [choice.number(), choice.number()];
    const at = v.shape.map((n) => choice.below(n)).join(", ");
    return lines(v, (b) => [
      `const ${b} = copy(${v.name});`,
      `${b}.set(${at}, mul(${b}.get(${at}), ${s}));`,
      `${b}.set(${at}, add(${b}.get(${at}), sin(${t})));`,
    ]);
  }),
  onArray((v, choice) => {
    const [s, t] = [choice.number(), choice.number()];
    return lines(v, (b, at, loop) => [
      `const ${b} = similar(${v.name}, ${list(v.shape)}, { holds: [${s}, ${t}] });`,
      `${loop} ${b}.set(${at}, sin(mul(${v.name}.get(${at}), ${s})));`,
      `${loop} ${b}.set(${at}, sub(${t}, ${b}.get(${at})));`,
    ]);
  }),
  onArray((v, choice) => {
    const s = choice.number();
    const at = v.shape.map((n) => choice.below(n)).join(", ");
    return lines(v, (b) => [
      `const ${b} = sin(mul(${v.name}, ${v.name}));`,
      `const ${b}Sum = mean(${b});`,
      `${b}.set(${at}, mul(${s}, ${b}Sum));`,
    ]);
  }),
  onArray(
    (v) =>
      lines(v, (b) => [
        `const ${b} = copy(${v.name});`,
        `for (let i = 1; i < ${v.shape[0]}; i++) ${b}.set(i, mul(${b}.get(i - 1), cos(${b}.get(i))));`,
      ]),
    vector,
  ),
  onArray(
    (v, choice) => {
      const s = choice.number();
      return lines(v, (b) => [
        `const ${b} = copy(${v.name});`,
        `${b}.pick(1).step(-1).set(0, ${s});`,
        `${b}.transpose(1, 0).set(0, 0, mul(${b}.get(1, 0), ${b}.get(0, 1)));`,
        `${b}.set(0, 1, 0.5);`,
      ]);
    },
    (s) => matrix(s) && s[0] === 2 && (s[1] as number) > 1,
  ),
  // What is computed and not used, NaN too, changes nothing.
  onArray((v) => lines(v, (b) => [`const ${b} = sin(${v.name});`, `log(sub(-1, square(${b})));`, `const ${b}Dead = exp(${b});`])),
];

/** Calls inside, whose functions close over values of the program. */
export const nested: readonly Step[] = [
  onArray(({ name, shape }) => ({ text: `gradient((z) => sum(mul(sin(z), ${name})), ${name})[0]`, shape })),
  onArray(({ name }, choice) => ({ text: `sin(derivative((r) => sum(mul(${name}, sin(mul(r, ${name})))), ${choice.number()}))` })),
  onArray(({ name, shape }, choice) => ({
    text: `pushforward((z) => mul(z, sin(mul(z, ${choice.number()}))), [${name}], [sin(${name})])[1]`,
    shape,
  })),
  onArray(({ name, shape }, choice) => ({ text: `pullback((z) => mul(sin(z), ${choice.number()}), ${name})[1](cos(${name}))[0]`, shape })),
  onArray(({ name, shape }) => ({ text: `sin(hvp((z) => sum(mul(square(z), sin(z))), ${name}, cos(${name})))`, shape })),
];
