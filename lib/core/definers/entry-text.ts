import type { LoopResult } from "../../nd/index.js";
import { type Expression, literal, Statements } from "./symbols.js";

/** p · t, exactly 0 where either is 0; what the text of loops falls back to where the plain product is NaN. */
export function strong(p: number, t: number): number {
  return p === 0 || t === 0 ? 0 : p * t;
}

/** The strong products of partials and seeds; the variables that they read are operands from `first` on. */
export function products(
  partials: readonly (Expression | number)[],
  first: number,
  seed: (j: number) => string,
): { statements: Statements; results: LoopResult[]; reads: number[] } {
  const reads: number[] = [];
  const statements = new Statements((variable) => {
    if (!reads.includes(variable)) reads.push(variable);
    return `x${first + reads.indexOf(variable)}`;
  });
  return { statements, results: partials.map((partial, j) => product(statements, partial, seed(j))), reads };
}

/**
 * The strong product of a partial and a tangent t as text. Only where the plain product is NaN may a zero meet ∞ or NaN; to look for that
 * costs a quarter of two comparisons with 0. −0 becomes 0.
 */
export function product(statements: Statements, partial: Expression | number, t: string): LoopResult {
  if (partial === 0) return { text: "0" };
  if (partial === 1) return { text: t };
  if (partial === -1) return { text: `0 - ${t}` };
  if (typeof partial === "number" && Number.isFinite(partial)) return { text: `${literal(partial)} * ${t} + 0` };
  const p = statements.add(partial);
  return { text: `${p} * ${t} + 0`, exact: `strong(${p}, ${t})` };
}

export function total(terms: readonly LoopResult[]): LoopResult {
  if (terms.length <= 1) return terms[0] ?? { text: "0" };
  const sum = (texts: readonly string[]): string => texts.map((text) => `(${text})`).join(" + ");
  const exact = terms.some((term) => term.exact !== undefined) ? sum(terms.map((term) => term.exact ?? term.text)) : undefined;
  return { text: sum(terms.map(({ text }) => text)), exact };
}
