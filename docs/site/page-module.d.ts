/**
 * What code on the docs site may show besides text: `import { plot } from "page"`. In a browser the sandbox makes charts of it; in the tests of
 * the pages it prints one line for each. The shapes are those of the sandbox's outputs.
 */
declare module "page" {
  import type { NdArray } from "cotangent";

  /** Numbers in a row: a list, a float array, or an array of one axis. */
  export type Numbers = readonly number[] | Float64Array | NdArray;

  /** What an axis shows; the unit is left out where there is none. */
  export interface Axis {
    readonly label: string;
    readonly unit?: string;
  }

  /** One line of a plot, or a set of points. x and y have the same length. */
  export interface Series {
    readonly label: string;
    readonly x: Numbers;
    readonly y: Numbers;
    /** Points instead of a line. */
    readonly points?: boolean;
  }

  export interface Plot {
    readonly title?: string;
    readonly x: Axis;
    readonly y: Axis;
    readonly series: readonly Series[];
  }

  /** From pale to dark, or two hues that meet at 0. */
  export type Scale = "sequential" | "diverging";

  /** A picture by its values, row by row: `values[row * width + column]`. */
  export interface Picture {
    readonly title?: string;
    readonly width: number;
    readonly height: number;
    readonly values: Numbers;
    readonly scale: Scale;
  }

  export interface Table {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly (string | number)[])[];
  }

  /** Draws lines and points over common axes. */
  export function plot(drawing: Plot): void;

  /** Draws a matrix of numbers as a picture, by its values or as an array of two axes. */
  export function picture(drawing: Picture): void;
  export function picture(x: NdArray, options?: { readonly title?: string; readonly scale?: Scale }): void;

  /** Shows rows under named columns; each row has one cell for each. */
  export function table(drawing: Table): void;

  /** What the page gives a program under a name; in the tests no page gives anything, and it throws a RangeError as it does for other names. */
  export function input(name: string): number | string | boolean | Float64Array | readonly number[] | readonly string[];

  /** Tells how much of a long computation is done, from 0 to 1. */
  export function progress(fraction: number): void;
}
