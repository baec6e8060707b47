import { exampleFiles } from "../support/all-examples.js";
import type { Kink } from "./cases.js";
import { lines } from "./lines.js";

/** Where a line names the first of these functions. */
function placeIn(where: string, names: readonly string[]): number {
  const places = names.map((name) => where.search(new RegExp(`\\b${name}\\b`))).filter((place) => place >= 0);
  return Math.min(where.length, ...places);
}

/**
 * One line for each `where`, with all its parts, in the order in which it names their functions. The lines that have a number by which they are
 * known come first, then all others.
 */
export function gathered(parts: readonly Kink[]): readonly Kink[] {
  const table = new Map<string, Kink[]>(Object.values(lines).map(({ where }) => [where, []]));
  for (const part of parts) table.set(part.where, [...(table.get(part.where) ?? []), part]);
  return [...table].map(([where, list]) => {
    const conventions = new Set([...Object.values(lines), ...list].filter((line) => line.where === where).map((line) => line.convention));
    const [convention, other] = [...conventions] as [string, string?];
    if (other !== undefined) throw new Error(`two conventions for ${where}: ${convention}; ${other}`);
    const sorted = list.toSorted((p, q) => placeIn(where, p.names) - placeIn(where, q.names));
    return { where, convention, names: sorted.flatMap(({ names }) => names), cases: sorted.flatMap(({ cases }) => cases) };
  });
}

/** The published table, from what stands beside the tests of the functions. */
export async function kinkTable(): Promise<readonly Kink[]> {
  return gathered((await exampleFiles()).flatMap(({ kinks }) => kinks));
}
