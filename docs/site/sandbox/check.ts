/**
 * What comes out of the frame is not to be trusted: a program may have taken the worker's place. Here it is copied into the shapes of outputs.ts,
 * field by field; what does not fit is left out.
 */
import {
  type ArrayOf,
  type Axis,
  type Budget,
  limits,
  type Output,
  type RunError,
  type RunResult,
  type Series,
  type Status,
  spend,
  type Value,
} from "./outputs.js";

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (x: unknown): x is Fields => typeof x === "object" && x !== null && !Array.isArray(x) && !ArrayBuffer.isView(x);
const isCount = (x: unknown, most: number): x is number => typeof x === "number" && Number.isInteger(x) && x >= 0 && x <= most;
const textOf = (x: unknown, most: number): string | undefined => (typeof x === "string" ? x.slice(0, most) : undefined);
const placeOf = (x: unknown): number | undefined => (isCount(x, 1e9) && x > 0 ? x : undefined);
const floats = (x: unknown): x is Float64Array => x instanceof Float64Array && x.buffer instanceof ArrayBuffer;

/** An output in its shape; undefined where it has none, or where the run has no room for it. */
export function checkedOutput(x: unknown, budget: Budget): Output | undefined {
  if (!isRecord(x)) return undefined;
  switch (x["kind"]) {
    case "text":
      return textOutput(x, budget);
    case "table":
      return tableOutput(x, budget);
    case "plot":
      return plotOutput(x, budget);
    case "picture":
      return pictureOutput(x, budget);
    default:
      return undefined;
  }
}

function textOutput(x: Fields, budget: Budget): Output | undefined {
  const text = textOf(x["text"], limits.characters);
  if (text === undefined || !spend(budget, { characters: text.length })) return undefined;
  const line = placeOf(x["line"]);
  const level = (["log", "warn", "error"] as const).find((level) => level === x["level"]);
  return { kind: "text", text, ...(level === undefined ? {} : { level }), ...(line === undefined ? {} : { line }) };
}

function tableOutput({ columns, rows }: Fields, budget: Budget): Output | undefined {
  if (!Array.isArray(columns) || !Array.isArray(rows) || columns.length > limits.columns || rows.length > limits.rows) return undefined;
  const cellOf = (cell: unknown): string | number => (typeof cell === "number" ? cell : (textOf(cell, 2_000) ?? ""));
  const names = columns.map((name) => String(cellOf(name)));
  const cells = rows.map((row: unknown) => (Array.isArray(row) ? columns.map((_, k) => cellOf(row[k])) : columns.map(() => "")));
  const characters = [names, ...cells].flat().reduce((sum: number, cell) => sum + String(cell).length, 0);
  return spend(budget, { characters }) ? { kind: "table", columns: names, rows: cells } : undefined;
}

function axisOf(x: unknown): Axis {
  if (!isRecord(x)) return { label: "" };
  const unit = textOf(x["unit"], 100);
  return { label: textOf(x["label"], 200) ?? "", ...(unit === undefined ? {} : { unit }) };
}

function seriesOf(x: unknown): Series | undefined {
  if (!isRecord(x)) return undefined;
  const { x: across, y: up, label, points } = x;
  if (!floats(across) || !floats(up) || across.length !== up.length) return undefined;
  return { label: textOf(label, 200) ?? "", x: across, y: up, ...(points === true ? { points } : {}) };
}

function plotOutput(plot: Fields, budget: Budget): Output | undefined {
  const { series } = plot;
  if (!Array.isArray(series) || series.length > limits.series) return undefined;
  const lines = series.map(seriesOf).filter((line) => line !== undefined);
  const points = lines.reduce((sum, { x }) => sum + x.length, 0);
  if (lines.length !== series.length || !spend(budget, { points, characters: 1_000 })) return undefined;
  return { kind: "plot", ...titleOf(plot), x: axisOf(plot["x"]), y: axisOf(plot["y"]), series: lines };
}

function pictureOutput(picture: Fields, budget: Budget): Output | undefined {
  const { width, height, values, scale } = picture;
  if (!isCount(width, 10_000) || !isCount(height, 10_000) || !floats(values) || values.length !== width * height || width * height === 0)
    return undefined;
  if (!spend(budget, { pixels: values.length })) return undefined;
  return { kind: "picture", ...titleOf(picture), width, height, values, scale: scale === "diverging" ? "diverging" : "sequential" };
}

function titleOf(x: Fields): { title?: string } {
  const title = textOf(x["title"], 200);
  return title === undefined ? {} : { title };
}

const statuses: readonly Status[] = ["done", "failed", "stopped", "timeout"];

/** How a run ended, in its shape. */
export function checkedResult(x: unknown): RunResult {
  const status = isRecord(x) ? statuses.find((status) => status === x["status"]) : undefined;
  if (!isRecord(x) || status === undefined)
    return { status: "failed", error: { message: "The program ended in a way that is not known." } };
  const error = errorOf(x["error"]);
  const rewritten = textOf(x["rewritten"], 1_000_000);
  const values = isRecord(x["values"]) ? valuesOf(x["values"]) : undefined;
  return {
    status,
    ...(error === undefined ? {} : { error }),
    ...(rewritten === undefined ? {} : { rewritten }),
    ...(values === undefined ? {} : { values }),
  };
}

function errorOf(x: unknown): RunError | undefined {
  if (!isRecord(x)) return undefined;
  const line = placeOf(x["line"]);
  const column = placeOf(x["column"]);
  return {
    message: textOf(x["message"], limits.message) ?? "",
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}

function valuesOf(x: Fields): Record<string, Value> {
  let left: number = limits.values;
  const copied = (x: unknown, depth: number): Value => {
    if (--left < 0 || depth > 20) return undefined;
    if (typeof x === "number" || typeof x === "boolean" || x === null) return x;
    if (typeof x === "string") {
      left -= x.length / 8;
      return x.slice(0, 100_000);
    }
    if (floats(x)) {
      if (x.length > left) return undefined;
      left -= x.length;
      return x;
    }
    if (Array.isArray(x)) return x.slice(0, Math.max(0, left)).map((entry: unknown) => copied(entry, depth + 1));
    if (!isRecord(x)) return undefined;
    return arrayOf(x) ?? record(x, depth);
  };
  const record = (x: Fields, depth: number): Record<string, Value> => {
    const copy: Record<string, Value> = Object.create(null) as Record<string, Value>;
    for (const [name, value] of Object.entries(x)) copy[name.slice(0, 200)] = copied(value, depth + 1);
    return copy;
  };
  const arrayOf = ({ shape, data, ...rest }: Fields): ArrayOf | undefined => {
    if (!floats(data) || !Array.isArray(shape) || Object.keys(rest).length > 0) return undefined;
    const size = shape.reduce((count: number, length: unknown) => (isCount(length, 1e9) ? count * length : Number.NaN), 1);
    if (size !== data.length || size > left) return undefined;
    left -= size;
    return { shape: shape.map(Number), data };
  };
  return record(x, 0);
}
