/** What a run shows and gives: plain data that the frame sends and the page draws. */

/** A line of text, or several. */
export interface TextOutput {
  readonly kind: "text";
  readonly text: string;
  readonly level?: "log" | "warn" | "error";
  /** The line of the program that printed it, from 1, where it is known. */
  readonly line?: number;
}

export interface TableOutput {
  readonly kind: "table";
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What an axis shows; the unit is left out where there is none. */
export interface Axis {
  readonly label: string;
  readonly unit?: string;
}

/** A line through points, or the points alone; x and y have the same length. */
export interface Series {
  readonly label: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly points?: boolean;
}

export interface PlotOutput {
  readonly kind: "plot";
  readonly title?: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
}

/** A matrix of numbers, row by row: `values[row * width + column]`. */
export interface PictureOutput {
  readonly kind: "picture";
  readonly title?: string;
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
  /** From pale to dark, or two hues that meet at 0. */
  readonly scale: "sequential" | "diverging";
}

export type Output = TextOutput | TableOutput | PlotOutput | PictureOutput;

/** Why a program stopped; the place is one of its own, from 1. */
export interface RunError {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** What a program exports: numbers, texts, flags, float arrays, lists and records of them. An ndarray comes as its shape and its data. */
export type Value =
  | number
  | string
  | boolean
  | null
  | undefined
  | Float64Array
  | ArrayOf
  | readonly Value[]
  | { readonly [name: string]: Value };

/** An ndarray, row by row. */
export interface ArrayOf {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** What a program can be given: `input("name")` of the module "page". */
export type Input = number | string | boolean | Float64Array | readonly number[] | readonly string[];

export type Status = "done" | "failed" | "stopped" | "timeout";

/** How a run ended. */
export interface RunResult {
  readonly status: Status;
  readonly error?: RunError;
  /** The program with its marked functions rewritten, where it has some. */
  readonly rewritten?: string;
  readonly values?: Readonly<Record<string, Value>>;
}

/** What one run may show; the worker keeps to it, the frame stops a worker that does not, and the page checks again. */
export const limits = {
  /** Outputs of a run. */
  items: 2_000,
  /** Characters of a run, in texts, tables and labels. */
  characters: 400_000,
  /** Characters of an error's message. */
  message: 20_000,
  rows: 2_000,
  columns: 64,
  /** Series of a plot, and points of a run. */
  series: 32,
  points: 400_000,
  /** Pixels of a run. */
  pixels: 4_000_000,
  /** Numbers and other single values that a program exports. */
  values: 1_000_000,
  /** Messages that a worker may send in a run. */
  messages: 5_000,
} as const;

/** What is left of the limits while a run goes on. */
export interface Budget {
  items: number;
  characters: number;
  points: number;
  pixels: number;
}

export const freshBudget = (): Budget => ({
  items: limits.items,
  characters: limits.characters,
  points: limits.points,
  pixels: limits.pixels,
});

/** Takes what an output needs; false, and nothing taken, where that is more than is left. */
export function spend(budget: Budget, { items = 1, characters = 0, points = 0, pixels = 0 }: Partial<Budget>): boolean {
  if (items > budget.items || characters > budget.characters || points > budget.points || pixels > budget.pixels) return false;
  budget.items -= items;
  budget.characters -= characters;
  budget.points -= points;
  budget.pixels -= pixels;
  return true;
}
