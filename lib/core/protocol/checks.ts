import type { NdArray } from "../../nd/index.js";
import type { EntryRecords } from "../calls/ways-back.js";
import type { Frule, Rrule, Rule } from "../rule.js";

/** What checked mode does. `configure` brings it in, so that a program that never calls it need not load it. */
export interface Checks {
  /** A forward half that is checked as it runs. */
  readonly frule: (rule: Rule, frule: Frule) => Frule;
  /** A reverse half that is checked as it runs, its pullback too. */
  readonly rrule: (rule: Rule, rrule: Rrule) => Rrule;
  /** What values hold now; later it tells the number of the first that was changed since, −1 when none was. */
  readonly snapshot: (values: readonly unknown[]) => { changed(): number };
  /**
   * Holds the loops of an elementwise function against its rule.
   * @throws {TangentError} where they differ by more than rounding in the kind of the expected one explains
   */
  readonly sameLoops: (rule: Rule, what: string, loops: NdArray, expected: unknown) => void;
  /** What applications of elementwise functions leave behind, whose loops are held against their rules. */
  readonly records: EntryRecords;
}

let known: Checks | undefined;
let checked = false;

/** Whether checked mode is on. */
export function isChecked(): boolean {
  return checked;
}

/** What checks, once checked mode was on; undefined before. */
export function checksOf(): Checks | undefined {
  return known;
}

/** Turns checked mode on or off. */
export function setChecked(on: boolean, checks: Checks): void {
  known = checks;
  checked = on;
}
