import { forEachPosition, isNdArray, type NdArray, packedData } from "../../nd/index.js";
import { describe, TangentError } from "../errors.js";
import type { Frule, Pullback, Rrule, Rule } from "../rule.js";
import { isRecord } from "../structures/record.js";
import { leavesOf, mapTangents } from "../structures/structure.js";
import { Inplaceable, inplaceable, Thunk, thunk, unthunk } from "../tangents/tangent.js";
import { levelOf } from "../traced/dispatch.js";
import { checkedRecords } from "./checked-records.js";
import { type Checks, isChecked, setChecked } from "./checks.js";
import { expectPair } from "./contracts.js";

/** What `configure` sets. */
export interface Settings {
  /** Whether every rule is checked as it runs. Off by default: it costs a copy of every argument. */
  readonly checked?: boolean | undefined;
}

/**
 * Sets how the engines work, for the whole program. In checked mode a rule that writes to what it was given, whose value is not the
 * primal's, or that makes the first NaN, throws, and so does a pullback whose inputs were changed after the forward pass.
 */
export function configure(settings: Settings): void {
  const known = isRecord(settings) && Object.keys(settings).every((name) => name === "checked");
  const { checked: wanted } = known ? (settings as Settings) : { checked: null };
  if (wanted !== undefined && typeof wanted !== "boolean") {
    throw new TypeError("configure: give a record of settings, such as { checked: true }");
  }
  setChecked(wanted ?? isChecked(), checks);
}

const checks: Checks = {
  frule: checkedFrule,
  rrule: checkedRrule,
  snapshot: (values) => new Snapshot(values),
  sameLoops,
  records: checkedRecords,
};

/** The entries that a rule can reach through a value of its arguments. */
interface Reach {
  /** The number of the value among those given. */
  readonly where: number;
  /** They, as they are now: those of a view alone, or of all the memory that it lies in. */
  readonly entries: (all: boolean) => ArrayLike<unknown>;
}

/** Plain arrays, lists and typed arrays among values, and what they held when it was taken. */
class Snapshot {
  private readonly kept: (Reach & { readonly before: readonly ArrayLike<unknown>[] })[] = [];

  constructor(values: readonly unknown[]) {
    values.forEach((value, where) => {
      const keep = (entries: Reach["entries"]): void => {
        this.kept.push({ where, entries, before: [Array.from(entries(false)), Array.from(entries(true))] });
      };
      for (const leaf of leavesOf(value)) {
        if (isNdArray(leaf) && leaf.dtype !== "generic") {
          const x = leaf as NdArray;
          keep((all) => (all ? x.data : positionsOf(x).map((at) => x.data[at])));
        } else if (ArrayBuffer.isView(leaf) && !(leaf instanceof DataView)) keep(() => leaf as unknown as ArrayLike<unknown>);
      }
      if (typeof value === "object" && value !== null && !isNdArray(value)) keep(() => valuesBetween(value));
    });
  }

  /** The number of the first value of which an entry is not what it was; −1 when none. */
  changed(): number {
    return this.firstThatDiffers(false);
  }

  /** As `changed`, for writes beside a view too: what a rule could reach through its arguments. */
  written(): number {
    return this.firstThatDiffers(true);
  }

  private firstThatDiffers(all: boolean): number {
    const other = this.kept.find(({ entries, before }) => {
      const [now, then] = [entries(all), before[all ? 1 : 0] as ArrayLike<unknown>];
      if (now.length !== then.length) return true;
      for (let k = 0; k < now.length; k++) if (!Object.is(now[k], then[k])) return true;
      return false;
    });
    return other === undefined ? -1 : other.where;
  }
}

/** Where the entries of a view lie. */
function positionsOf(x: NdArray): number[] {
  const positions: number[] = [];
  forEachPosition(x, (at) => {
    positions.push(at);
  });
  return positions;
}

/** The numbers, strings and flags that stand in lists and records themselves. Ranges never change. */
function valuesBetween(x: unknown): unknown[] {
  return leavesOf(x).filter((leaf) => typeof leaf !== "object" && typeof leaf !== "function");
}

/** A forward half that is checked as it runs. */
function checkedFrule(rule: Rule, frule: Frule): Frule {
  return (tangents: readonly unknown[], ...args: unknown[]) => {
    const given = new Snapshot([...args, ...tangents]);
    const [y, dy] = expectPair(rule, "frule", frule(tangents, ...args));
    const changed = given.written();
    if (changed >= 0) throw wrote(rule, "frule", changed < args.length ? `argument ${changed + 1}` : `tangent ${changed - args.length}`);
    checkValue(rule, "frule", y, args);
    checkNaN(rule, "the tangent", unthunk(dy), [...args, ...tangents]);
    return [y, dy];
  };
}

/** A reverse half that is checked as it runs, its pullback too. */
function checkedRrule(rule: Rule, rrule: Rrule): Rrule {
  return (...args: unknown[]) => {
    const given = new Snapshot(args);
    const [y, pullback] = expectPair(rule, "rrule", rrule(...args)) as readonly [unknown, Pullback];
    const changed = given.written();
    if (changed >= 0) throw wrote(rule, "rrule", `argument ${changed + 1}`);
    checkValue(rule, "rrule", y, args);
    const checkedPullback: Pullback = (ybar: unknown) => {
      const since = given.changed();
      if (since >= 0) {
        throw new TangentError(
          `${rule.name}: argument ${since + 1} was changed between the forward pass and the pullback; change a copy instead`,
        );
      }
      const before = new Snapshot([ybar, ...args]);
      const check = (result: unknown): void => {
        const written = before.written();
        if (written >= 0) throw wrote(rule, "pullback", written === 0 ? "its cotangent" : `argument ${written}`);
        checkNaN(rule, "a cotangent", result, [...args, ybar]);
      };
      const cotangents = pullback(ybar);
      check(cotangents);
      return mapTangents((t) => checkedThunk(t, check), cotangents) as readonly unknown[];
    };
    return [y, checkedPullback];
  };
}

/** A thunk whose value, or what it adds to, is checked when it is computed; all else as it is. */
function checkedThunk(t: unknown, check: (result: unknown) => void): unknown {
  if (!(t instanceof Thunk)) return t;
  const value = (): unknown => {
    const result = t.value();
    check(result);
    return result;
  };
  if (!(t instanceof Inplaceable)) return thunk(value);
  return inplaceable((accumulator) => {
    t.addTo(accumulator);
    check(accumulator);
  }, value);
}

function sameLoops(rule: Rule, what: string, loops: NdArray, expected: unknown): void {
  const got = numbersIn(loops);
  const wanted = numbersIn(expected);
  const scale = wanted.reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), 0);
  const rounding = isNdArray(expected) && expected.dtype === "float32" ? 1e-5 : 1e-10;
  const k = wanted.findIndex((x, n) => !Object.is(x, got[n]) && !(Math.abs(x - (got[n] as number)) <= rounding * scale) && x !== got[n]);
  if (k >= 0) {
    throw new TangentError(
      `${rule.name}: its loops over arrays give ${got[k]} in the ${what} where its rule gives ${wanted[k]}; a partial must not depend on anything but its arguments`,
    );
  }
}

function wrote(rule: Rule, half: string, what: string): TangentError {
  return new TangentError(`${rule.name}: its ${half} wrote to ${what}; a rule must leave what it is given as it is: write into a copy`);
}

const tolerance = 1e-12;

/** A rule may compute the primal another way, but it must be the primal. */
function checkValue(rule: Rule, half: string, y: unknown, args: readonly unknown[]): void {
  if (levelOf(args) !== undefined || levelOf(y) !== undefined) return;
  const value = rule.plain(...args) as unknown;
  const [form, came] = [formOf(value), formOf(y)];
  if (came !== form)
    throw new TangentError(`${rule.name}: its ${half} returned ${came} where the function returns ${form}; return the primal's own value`);
  const expected = numbersIn(value);
  const got = numbersIn(y);
  const k = got.findIndex((x, n) => !isClose(x, expected[n] as number));
  if (k >= 0) {
    throw new TangentError(
      `${rule.name}: its ${half} returned ${got[k]} where the function returns ${expected[k]}; return the primal's own value`,
    );
  }
  checkNaN(rule, "the value", y, args);
}

function isClose(a: number, b: number): boolean {
  return Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}

function checkNaN(rule: Rule, what: string, result: unknown, given: readonly unknown[]): void {
  if (!numbersIn(result).some(Number.isNaN) || numbersIn(given).some(Number.isNaN)) return;
  throw new TangentError(`${rule.name}: ${what} has the first NaN: nothing that it was given has one`);
}

/** The kinds and shapes of the parts of a value. */
function formOf(x: unknown): string {
  return leavesOf(x).map(describe).join(", ");
}

/** All plain numbers of a value, in order; what is traced, or not there, has none. */
function numbersIn(x: unknown): number[] {
  return leavesOf(x).flatMap((leaf) => {
    if (typeof leaf === "number") return leaf;
    return isNdArray(leaf) && leaf.dtype !== "generic" ? Array.from(packedData(leaf as NdArray, "float64")) : [];
  });
}
