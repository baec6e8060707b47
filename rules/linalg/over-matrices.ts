import {
  type AnyArray,
  type AnyFunction,
  broadcastTo,
  cotangentOf,
  defineRule,
  fieldOf,
  isZero,
  NoTangent,
  type Pullback,
  primal,
  Thunk,
  thunk,
  unthunk,
} from "../../lib/core/index.js";
import { broadcastShapes, floatDType, isNdArray, sameShape, sizeOf, zerosOf } from "../../lib/nd/index.js";
import { stack } from "../shaping/joining.js";
import { reshape } from "../shaping/reshape.js";

/** The halves of a rule for one matrix. */
interface Halves {
  readonly frule: (tangents: readonly unknown[], ...args: never[]) => readonly [y: unknown, dy: unknown];
  readonly rrule: (...args: never[]) => readonly [y: unknown, pullback: (ybar: never) => readonly unknown[]];
}

interface OverMatrices {
  readonly name: string;
  readonly zeros?: "symbolic";
  /** How many axes each argument has where it stands for one problem; [2] when absent. */
  readonly ranks?: (...args: readonly AnyArray[]) => readonly number[];
}

/** Several problems at once: the axes before the last ones of each argument, which broadcast. */
interface Batch {
  readonly args: readonly AnyArray[];
  readonly lead: readonly number[];
  readonly count: number;
  readonly ranks: readonly number[];
}

/** The matrices (or vectors) in the last axes of an array, one after another. */
function split(x: AnyArray, { lead, count }: Batch, rank: number): AnyArray[] {
  const own = x.shape.slice(x.dimension - rank);
  const full = [...lead, ...own];
  if (count === 0) return [];
  const flat = reshape(sameShape(x.shape, full) ? x : broadcastTo(x, full), [count, ...own]) as AnyArray;
  return Array.from({ length: count }, (_, n) => flat.pick(n, ...own.map(() => null)));
}

/** Results of all problems as one array; `like` is what one of them is like. */
function joined(parts: readonly unknown[], like: AnyArray, { lead }: Batch): AnyArray {
  const { shape } = like;
  const still = (): AnyArray => zerosOf(shape, floatDType(primal(like).dtype));
  if (parts.every(isZero)) return zerosOf([...lead, ...shape], floatDType(primal(like).dtype));
  const arrays = parts.map((part) => (isZero(part) ? still() : (part as AnyArray)));
  return reshape(stack(arrays) as AnyArray, [...lead, ...shape]) as AnyArray;
}

/** The same for functions that give a list of arrays. */
function joinedResults(results: readonly unknown[], like: unknown, batch: Batch): unknown {
  if (!Array.isArray(like)) return joined(results.map(unthunk), like as AnyArray, batch);
  return like.map((one: AnyArray, k) =>
    joined(
      results.map((result) => unthunk(fieldOf(unthunk(result), k))),
      one,
      batch,
    ),
  );
}

/** Cotangents of results of all problems, problem by problem. */
function splitCotangent(ybar: unknown, like: unknown, batch: Batch): unknown[] {
  const numbers = Array.from({ length: batch.count }, (_, n) => n);
  const partsOf = (t: unknown, one: AnyArray): unknown[] => (isZero(t) ? numbers.map(() => t) : split(t as AnyArray, batch, one.dimension));
  if (!Array.isArray(like)) return partsOf(ybar, like as AnyArray);
  const parts = like.map((one: AnyArray, k) => partsOf(unthunk(fieldOf(ybar, k)), one));
  return numbers.map((n) => parts.map((part) => part[n]));
}

/**
 * A function of one matrix, or of one problem, with its rule, made one of as many as the axes before the last ones hold: each by itself, by the
 * rule that is given.
 */
export function overMatrices<F extends AnyFunction>(one: AnyFunction, halves: Halves, { name, zeros, ranks = () => [2] }: OverMatrices): F {
  const [f, frule, rrule] = [one, halves.frule, halves.rrule] as [AnyFunction, Halves["frule"], Halves["rrule"]] as [
    (...args: readonly unknown[]) => unknown,
    (tangents: readonly unknown[], ...args: readonly unknown[]) => readonly [unknown, unknown],
    (...args: readonly unknown[]) => readonly [unknown, Pullback],
  ];

  /** The arrays of all problems, without what list methods put behind them; undefined where there is one problem, or none that is right. */
  const batchOf = (given: readonly unknown[]): Batch | undefined => {
    const arrays = given.slice(0, one.length) as readonly AnyArray[];
    if (arrays.length < one.length || !arrays.every(isNdArray)) return undefined;
    const own = ranks(...arrays);
    if (arrays.every((x, k) => x.dimension <= (own[k] as number)) || arrays.some((x, k) => x.dimension < (own[k] as number)))
      return undefined;
    const lead = broadcastShapes(name, ...arrays.map((x, k) => x.shape.slice(0, x.dimension - (own[k] as number))));
    return { args: arrays, lead, count: sizeOf(lead), ranks: own };
  };
  const problems = (batch: Batch): AnyArray[][] => {
    const parts = batch.args.map((x, k) => split(x, batch, batch.ranks[k] as number));
    return Array.from({ length: batch.count }, (_, n) => parts.map((part) => part[n] as AnyArray));
  };
  /** What one result is like, where there is no problem to tell. */
  const likeNone = ({ args, ranks }: Batch): unknown =>
    f(...args.map((x, k) => zerosOf(x.shape.slice(x.dimension - (ranks[k] as number)), floatDType(primal(x).dtype))));

  return defineRule(
    (...args: readonly unknown[]) => {
      const batch = batchOf(args);
      if (batch === undefined) return f(...args);
      const results = problems(batch).map((problem) => f(...problem));
      return joinedResults(results, results[0] ?? likeNone(batch), batch);
    },
    {
      frule: (tangents: readonly unknown[], ...args: readonly unknown[]) => {
        const batch = batchOf(args);
        if (batch === undefined) return frule(tangents, ...args);
        const moves = batch.args.map((_, k) => {
          const t = tangents[k + 1];
          return isZero(t) ? undefined : split(t as AnyArray, batch, batch.ranks[k] as number);
        });
        const pairs = problems(batch).map((problem, n) =>
          frule([NoTangent, ...moves.map((move, k) => (move === undefined ? tangents[k + 1] : move[n]))], ...problem),
        );
        const like = pairs[0]?.[0] ?? likeNone(batch);
        return [0, 1].map((half) =>
          joinedResults(
            pairs.map((pair) => pair[half]),
            like,
            batch,
          ),
        ) as [unknown, unknown];
      },
      rrule: (...args: readonly unknown[]) => {
        const batch = batchOf(args);
        if (batch === undefined) return rrule(...args);
        const each = problems(batch).map((problem) => rrule(...problem));
        const like = each[0]?.[0] ?? likeNone(batch);
        return [
          joinedResults(
            each.map(([y]) => y),
            like,
            batch,
          ),
          function eachPullback(ybar: unknown) {
            const bars = new Thunk(() =>
              splitCotangent(ybar, like, batch).map((bar, n) => (each[n] as readonly [unknown, Pullback])[1](bar)),
            );
            const barOf = (k: number): unknown => {
              const x = batch.args[k] as AnyArray;
              const own = x.shape.slice(x.dimension - (batch.ranks[k] as number));
              const parts = (bars.value() as readonly (readonly unknown[])[]).map((bar) => unthunk(bar[k + 1]));
              const likeOwn = zerosOf(own, floatDType(primal(x).dtype));
              return parts.every((part) => part === NoTangent) && parts.length > 0
                ? NoTangent
                : cotangentOf(x, joined(parts, likeOwn, batch));
            };
            return [NoTangent, ...batch.args.map((_, k) => thunk(() => barOf(k)))];
          },
        ];
      },
    },
    zeros === undefined ? { name } : { name, zeros },
  ) as AnyFunction as F;
}
