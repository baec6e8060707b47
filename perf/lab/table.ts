/** Where a cell stands in its column; `point` sets numbers with their decimal points below each other. */
export type Alignment = "left" | "right" | "point";

export interface Column {
  /** May have several lines; lines stand at the bottom of the head. */
  readonly header: string;
  /** The unit of all numbers of the column, set below its header. */
  readonly unit?: string | undefined;
  /** Absent: left in the first column, right in the others. */
  readonly align?: Alignment | undefined;
}

export interface TableOptions {
  /** Letters in a line at most. Absent: those of the terminal, or 100. */
  readonly width?: number | undefined;
}

const gap = "  ";
/** However narrow the terminal, this much of the first column stays readable. */
const leastFirst = 8;

/**
 * A table in plain text: a head, a rule, aligned rows. Where the columns do not fit next to each other they go below each other,
 * in blocks that each repeat the first column.
 * @returns lines without spaces at their ends, joined by "\n", none at the very end
 * @throws {RangeError} when a row has not one cell for each column
 */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[], options: TableOptions = {}): string {
  for (const [k, row] of rows.entries()) {
    if (row.length !== columns.length) {
      throw new RangeError(`formatTable: rows[${k}] has ${row.length} cells, one for each of the ${columns.length} columns is needed`);
    }
  }
  const width = options.width ?? terminalWidth();
  const laid = columns.map((column, k) => layOut(column, k, rows));
  const [first, ...others] = laid;
  if (first === undefined) return "";
  const widest = Math.max(0, ...others.map((column) => column.width + gap.length));
  const head = narrow(first, Math.max(leastFirst, width - widest));
  const blocks: Laid[][] = [[head]];
  let used = head.width;
  for (const column of others) {
    const block = blocks.at(-1) as Laid[];
    used += gap.length + column.width;
    if (used > width && block.length > 1) {
      blocks.push([head, column]);
      used = head.width + gap.length + column.width;
    } else {
      block.push(column);
    }
  }
  return blocks.map(print).join("\n\n");
}

/** Letters on a line of the terminal; 100 where there is none. */
export function terminalWidth(): number {
  return process.stdout.columns || 100;
}

/** A column ready to print: lines of the head, then cells, each padded to the same width. */
interface Laid {
  readonly width: number;
  readonly head: readonly string[];
  readonly cells: readonly string[];
}

function layOut(column: Column, index: number, rows: readonly (readonly string[])[]): Laid {
  const align = column.align ?? (index === 0 ? "left" : "right");
  const head = column.header.split("\n");
  if (column.unit !== undefined) head.push(column.unit);
  const own = rows.map((row) => row[index] as string);
  const cells = align === "point" ? alignPoints(own) : own;
  const width = Math.max(...head.map(lengthOf), ...cells.map(lengthOf));
  const pad = align === "left" ? padRight : padLeft;
  return { width, head: head.map((line) => pad(line, width)), cells: cells.map((cell) => pad(cell, width)) };
}

/** Spaces after each cell, so that points fall below each other once the cells stand at the right. */
function alignPoints(cells: readonly string[]): string[] {
  const tails = cells.map((cell) =>
    /^[+−-]?[\d,]+(?:\.\d+)?/.test(cell) ? lengthOf(cell) - lengthOf(/^[+−-]?[\d,]+/.exec(cell)?.[0] ?? "") : 0,
  );
  const longest = Math.max(0, ...tails);
  return cells.map((cell, k) => cell + " ".repeat(longest - (tails[k] as number)));
}

function narrow(column: Laid, width: number): Laid {
  if (column.width <= width) return column;
  const cut = (text: string) => {
    const bare = text.trimEnd();
    return padRight(lengthOf(bare) <= width ? bare : `${[...bare].slice(0, width - 1).join("")}…`, width);
  };
  return { width, head: column.head.map(cut), cells: column.cells.map(cut) };
}

function print(block: readonly Laid[]): string {
  const depth = Math.max(...block.map(({ head }) => head.length));
  const lines: string[] = [];
  for (let k = 0; k < depth; k++) lines.push(join(block.map(({ width, head }) => head[k - depth + head.length] ?? " ".repeat(width))));
  lines.push(join(block.map(({ width }) => "─".repeat(width))));
  for (let k = 0; k < (block[0] as Laid).cells.length; k++) lines.push(join(block.map(({ cells }) => cells[k] as string)));
  return lines.join("\n");
}

function join(cells: readonly string[]): string {
  return cells.join(gap).trimEnd();
}

function lengthOf(text: string): number {
  return [...text].length;
}

function padLeft(text: string, width: number): string {
  return " ".repeat(width - lengthOf(text)) + text;
}

function padRight(text: string, width: number): string {
  return text + " ".repeat(width - lengthOf(text));
}
