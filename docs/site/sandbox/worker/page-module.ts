/** The module "page": what a program may show besides text, and what it is given. */
import type { Input, PlotOutput, Series } from "../outputs.js";
import { limits } from "../outputs.js";
import type { Sink } from "./sink.js";

/** An ndarray, as far as it is read here. */
interface View {
  readonly shape: readonly number[];
  get(...indices: number[]): number;
}

type Numbers = ArrayLike<number> | View;

const isView = (x: unknown): x is View => typeof x === "object" && x !== null && Array.isArray((x as View).shape) && "get" in x;

const described = (x: unknown): string => {
  if (x === null || x === undefined) return String(x);
  if (isView(x)) return `an array of shape [${x.shape.join(", ")}]`;
  if (Array.isArray(x)) return "a list";
  return typeof x === "object" ? "a record" : `a ${typeof x}`;
};

/** Numbers in a row, copied; `one` names an entry. */
function floats(who: string, x: Numbers, one: string): Float64Array {
  if (isView(x)) {
    if (x.shape.length !== 1) throw new TypeError(`${who} is ${described(x)}; numbers in a row are needed, of shape [n]`);
    return Float64Array.from({ length: x.shape[0] as number }, (_, k) => numberOf(one, x.get(k)));
  }
  if (typeof x !== "object" || x === null || typeof x.length !== "number")
    throw new TypeError(`${who} is ${described(x)}; a list of numbers, a float array or an ndarray is needed`);
  return Float64Array.from({ length: x.length }, (_, k) => numberOf(one, x[k]));
}

function numberOf(who: string, x: unknown): number {
  if (typeof x !== "number") throw new TypeError(`${who} is ${described(x)}; show numbers (primal(x) gives the number of a traced one)`);
  if (!Number.isFinite(x)) throw new RangeError(`${who} is ${x}; show finite numbers`);
  return x;
}

const textOf = (x: unknown): string => String(x ?? "").slice(0, 200);

function axisOf(who: string, x: unknown): { label: string; unit?: string } {
  if (typeof x !== "object" || x === null) throw new TypeError(`plot: ${who} is ${described(x)}; give { label, unit? }`);
  const { label, unit } = x as { label?: unknown; unit?: unknown };
  return { label: textOf(label), ...(unit === undefined ? {} : { unit: textOf(unit) }) };
}

const titled = (title: unknown): { title?: string } => (title === undefined ? {} : { title: textOf(title) });

function seriesOf(series: unknown): Series[] {
  if (!Array.isArray(series)) throw new TypeError(`plot: series is ${described(series)}; give a list of { label, x, y }`);
  if (series.length > limits.series) throw new RangeError(`plot: ${series.length} series; at most ${limits.series} are drawn`);
  return series.map(({ label, points, ...ends }: { label?: unknown; x: Numbers; y: Numbers; points?: unknown }) => {
    const who = `plot: series ${textOf(label)}`;
    const [x, y] = [floats(`${who}: x`, ends.x, `${who}: an x`), floats(`${who}: y`, ends.y, `${who}: a y`)];
    if (x.length !== y.length) throw new RangeError(`${who} has ${x.length} x and ${y.length} y; give one y for each x`);
    return { label: textOf(label), x, y, ...(points === true ? { points: true } : {}) };
  });
}

interface Drawing {
  readonly title?: unknown;
  readonly width: number;
  readonly height: number;
  readonly values: Numbers;
  readonly scale?: unknown;
}

/** The module, for one run. */
export function pageModule(sink: Sink, inputs: Readonly<Record<string, Input>>): Readonly<Record<string, unknown>> {
  return {
    plot(drawing: { title?: unknown; x: unknown; y: unknown; series: unknown }): void {
      const plot: PlotOutput = {
        kind: "plot",
        ...titled(drawing.title),
        x: axisOf("x", drawing.x),
        y: axisOf("y", drawing.y),
        series: seriesOf(drawing.series),
      };
      sink.add(plot, { points: plot.series.reduce((sum, { x }) => sum + x.length, 0), characters: 1_000 });
    },
    picture(what: Drawing | View, options: { title?: unknown; scale?: unknown } = {}): void {
      const { width, height, values, title, scale } = isView(what) ? ofView(what, options) : what;
      const pixels = isView(what) ? (values as Float64Array) : floats("picture: values", values, "picture: a value");
      if (pixels.length !== width * height || pixels.length === 0)
        throw new RangeError(`picture: got ${pixels.length} values for ${height} rows of ${width}`);
      const kind = scale === "diverging" ? "diverging" : "sequential";
      sink.add({ kind: "picture", ...titled(title), width, height, values: pixels, scale: kind }, { pixels: pixels.length });
    },
    table({ columns, rows }: { columns: readonly unknown[]; rows: readonly (readonly unknown[])[] }): void {
      if (!Array.isArray(columns) || !Array.isArray(rows)) throw new TypeError("table: give { columns: […], rows: [[…], …] }");
      const odd = rows.find((row) => row.length !== columns.length);
      if (odd !== undefined) throw new RangeError(`table: a row has ${odd.length} cells for ${columns.length} columns`);
      showTable(
        sink,
        columns.map(textOf),
        rows.map((row) => Array.from(row, cellOf)),
      );
    },
    progress(fraction: number): void {
      if (!(fraction >= 0 && fraction <= 1)) throw new RangeError(`progress: got ${fraction}, expected a number from 0 to 1`);
      sink.progress(fraction);
    },
    input(name: string): Input {
      if (Object.hasOwn(inputs, name)) return inputs[name] as Input;
      const known = Object.keys(inputs);
      throw new RangeError(`input: the page gives no ${name}; ${known.length === 0 ? "it gives nothing" : `there is ${known.join(", ")}`}`);
    },
  };
}

/** A cell of a table: numbers and texts as they are. */
export const cellOf = (x: unknown): string | number => (typeof x === "number" ? x : String(x).slice(0, 2_000));

/** Shows rows under their columns; what is more than a table may have is left out, and said. */
export function showTable(sink: Sink, columns: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const names = columns.slice(0, limits.columns);
  const shown = rows.slice(0, limits.rows).map((row) => row.slice(0, names.length));
  const characters = [names, ...shown].flat().reduce((sum: number, cell) => sum + String(cell).length, 0);
  sink.add({ kind: "table", columns: names, rows: shown }, { characters });
  const left = [
    ...(rows.length > shown.length ? [`${rows.length - shown.length} rows`] : []),
    ...(columns.length > names.length ? [`${columns.length - names.length} columns`] : []),
  ];
  if (left.length > 0) sink.add({ kind: "text", level: "warn", text: `The table has ${left.join(" and ")} more.` }, { characters: 100 });
}

function ofView(x: View, { title, scale }: { title?: unknown; scale?: unknown }): Drawing {
  const [height, width, ...more] = x.shape;
  if (height === undefined || width === undefined || more.length > 0)
    throw new RangeError(`picture: x is ${described(x)}; a picture has two axes`);
  const values = Float64Array.from({ length: height * width }, (_, k) =>
    numberOf("picture: a value", x.get(Math.floor(k / width), k % width)),
  );
  return { width, height, values, title, scale };
}
