import type { Terms } from "./checks.js";

// The Hausdorff and the Chamfer distance of a block of a matrix, written out by hand as weighted entries of the matrix.

type Block = readonly [top: number, bottom: number, left: number, right: number];

/** The position of the first smallest entry in each column, then in each row. */
function minima(grid: readonly (readonly number[])[], [top, bottom, left, right]: Block): { columns: number[]; rows: number[] } {
  const at = (position: number): number => (grid[Math.floor(position / width)] as number[])[position % width] as number;
  const width = (grid[0] as number[]).length;
  const columns: number[] = [];
  for (let j = left; j < right; j++) {
    let least = top * width + j;
    for (let i = top; i < bottom; i++) if (at(i * width + j) < at(least)) least = i * width + j;
    columns.push(least);
  }
  const rows: number[] = [];
  for (let i = top; i < bottom; i++) {
    let least = i * width + left;
    for (let j = left; j < right; j++) if (at(i * width + j) < at(least)) least = i * width + j;
    rows.push(least);
  }
  return { columns, rows };
}

/** The first of these positions with the largest entry. */
function largest(grid: readonly (readonly number[])[], positions: readonly number[]): number {
  const flat = grid.flat();
  return positions.reduce((best, position) => ((flat[position] as number) > (flat[best] as number) ? position : best));
}

/** The Hausdorff distance of a block: the column minima first, at ties as everywhere. */
export function hausdorffTerms(grid: readonly (readonly number[])[], block: Block): Terms {
  const { columns, rows } = minima(grid, block);
  return [[largest(grid, [largest(grid, columns), largest(grid, rows)]), 1]];
}

/** The Chamfer distance of a block. */
export function chamferTerms(grid: readonly (readonly number[])[], block: Block, reduction: "mean" | "sum" = "mean"): Terms {
  const { columns, rows } = minima(grid, block);
  const weigh = (positions: number[]): [number, number][] => positions.map((p) => [p, reduction === "mean" ? 1 / positions.length : 1]);
  return [...weigh(columns), ...weigh(rows)];
}
