import * as assert from "uvu/assert";
import { type AnyArray, copy, gradient, pushforward, toNested } from "../../lib/index.js";

type Program = (...args: unknown[]) => number;

const isArray = (x: unknown): x is AnyArray => typeof x === "object" && x !== null && "pick" in x;

/** The numbers of a structure, in order. */
export function numbersOf(x: unknown): number[] {
  if (typeof x === "number") return [x];
  if (x === null || typeof x !== "object") return [];
  if (isArray(x)) return numbersOf(toNested(x as never));
  return (Array.isArray(x) || ArrayBuffer.isView(x) ? [...(x as Iterable<unknown>)] : Object.values(x)).flatMap(numbersOf);
}

/** The same structure with other numbers. */
export function withNumbers(x: unknown, numbers: number[]): unknown {
  if (typeof x === "number") return numbers.shift() as number;
  if (x === null || typeof x !== "object") return x;
  if (isArray(x)) {
    const y = copy(x) as unknown as { data: Float64Array };
    for (let k = 0; k < y.data.length; k++) y.data[k] = numbers.shift() as number;
    return y;
  }
  if (ArrayBuffer.isView(x)) return (x as Float64Array).map(() => numbers.shift() as number);
  if (Array.isArray(x)) return x.map((part) => withNumbers(part, numbers));
  return Object.fromEntries(Object.entries(x).map(([name, part]) => [name, withNumbers(part, numbers)]));
}

function close(a: number, b: number, tolerance: number, what: string): void {
  const scale = Math.max(1, Math.abs(a), Math.abs(b));
  assert.ok(Math.abs(a - b) <= tolerance * scale || (Number.isNaN(a) && Number.isNaN(b)), `${what}: ${a} against ${b}`);
}

/** An even spread of numbers, the same in every run. */
const directionOf = (count: number): number[] => Array.from({ length: count }, (_, k) => Math.sin(1 + 2.3 * k));

/**
 * Holds a rewritten program against its original: the value, the gradient against finite differences and against forward mode, and second
 * derivatives in both nestings against each other and against differences of the gradient.
 */
export function checkOrders(program: Program, original: Program, args: readonly unknown[], tolerance = 1e-6): void {
  const x = numbersOf(args);
  const from = (numbers: readonly number[]): unknown[] => withNumbers(args, [...numbers]) as unknown[];
  const value = original(...from(x));
  assert.ok(Object.is(program(...from(x)), value), `plain: ${program(...from(x))} against ${value}`);
  const step = (h: number, v: readonly number[]): number[] => x.map((each, k) => each + h * (v[k] as number));
  const v = directionOf(x.length);

  const slope = numbersOf(gradient(program as never, ...(from(x) as [])));
  assert.is(slope.length, x.length, "one slope for each number");
  const along = slope.reduce((sum, each, k) => sum + each * (v[k] as number), 0);
  const h = 1e-5;
  close(along, (original(...from(step(h, v))) - original(...from(step(-h, v)))) / (2 * h), tolerance * 10, "gradient against differences");

  const [y, dy] = pushforward(program as never, from(x) as never, from(v) as never) as unknown as [number, number];
  close(y, value, 1e-14, "value in forward mode");
  close(dy, along, 1e-12, "forward against reverse");

  const slopesAt = (numbers: readonly number[]): number[] => numbersOf(gradient(program as never, ...(from(numbers) as [])));
  const forwardOverReverse = numbersOf(
    (
      pushforward(
        ((...xs: unknown[]) => gradient(program as never, ...(xs as []))) as never,
        from(x) as never,
        from(v) as never,
      ) as unknown as [unknown, unknown]
    )[1],
  );
  const reverseOverForward = numbersOf(
    gradient(
      ((...xs: unknown[]) => (pushforward(program as never, xs as never, from(v) as never) as unknown as [unknown, never])[1]) as never,
      ...(from(x) as []),
    ),
  );
  const [up, down] = [slopesAt(step(h, v)), slopesAt(step(-h, v))];
  x.forEach((_, k) => {
    const difference = ((up[k] as number) - (down[k] as number)) / (2 * h);
    close(forwardOverReverse[k] as number, difference, tolerance * 100, `second derivative ${k} against differences`);
    close(reverseOverForward[k] as number, forwardOverReverse[k] as number, 1e-10, `second derivative ${k}, both nestings`);
  });
}
