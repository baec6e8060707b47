/** The worker: one program, once. The library is loaded before the program comes. */

import { modules } from "virtual:sandbox/modules";
import { blankTypes, transform } from "cotangent/transform";
import type { FromWorker, Program } from "../messages.js";
import { limits, type RunError, type RunResult } from "../outputs.js";
import { consoleOf, processOf } from "./console.js";
import { inspect } from "./inspect/index.js";
import { link, type Modules } from "./link.js";
import { pageModule } from "./page-module.js";
import { type Place, type Stacks, stacksOf, type ToSource, toSource } from "./places.js";
import { seal } from "./scope.js";
import { sinkOf } from "./sink.js";
import { expectTests, runTests } from "./tests.js";
import { countTimers } from "./timers.js";
import { valuesOf } from "./values.js";

const scope = self as unknown as { postMessage(message: FromWorker): void };
const send = scope.postMessage.bind(scope);
const now = performance.now.bind(performance);
// biome-ignore lint/security/noGlobalEval: running what a reader wrote is what the worker is for
const evaluate = globalThis.eval;

// Minified functions get their names back: printed values and messages tell them.
for (const module of Object.values(modules))
  for (const [name, value] of Object.entries(module))
    if (typeof value === "function" && name !== "default" && Object.getOwnPropertyDescriptor(value, "name")?.configurable)
      Object.defineProperty(value, "name", { value: name });

addEventListener(
  "message",
  ({ data }) => {
    seal();
    send({ kind: "ready" });
    void run(data as Program).then((result) => send({ kind: "end", result }));
  },
  { once: true },
);

async function run({ code, file, inputs, special, rewriteOnly }: Program): Promise<RunResult> {
  const sink = sinkOf(send, now);
  let rewritten: string | undefined;
  let back: ToSource = (place) => place;
  let exported: Record<string, unknown> = {};
  let stacks: Stacks = stacksOf(file, back);
  const { process, flush } = processOf(sink);
  const end = (result: RunResult): RunResult => {
    flush();
    sink.flush();
    return { ...result, ...(rewritten === undefined ? {} : { rewritten }) };
  };
  const failed = (error: unknown): RunResult => end({ status: "failed", error: errorOf(error, file, stacks, back) });
  let failEarly: (result: RunResult) => void = () => {};
  const early = new Promise<RunResult>((resolve) => {
    failEarly = resolve;
  });
  const fail = (error: unknown): void => failEarly(failed(error));
  try {
    if (special !== undefined) evaluate(special);
    const written = transform(code, { file });
    if (written.map !== undefined) rewritten = written.code;
    back = toSource(written.map);
    stacks = stacksOf(file, back);
    Error.stackTraceLimit = 200;
    const plain = /\.[cm]?tsx?$/.test(file) ? blankTypes(written.code, { file }) : written.code;
    const all: Modules = { ...modules, page: pageModule(sink, inputs) };
    const { body, names, values } = link(plain, all, (values) => {
      exported = values;
    });
    if (rewriteOnly) return end({ status: "done" });
    Object.assign(console, consoleOf(sink, stacks));
    Object.assign(globalThis, { process });
    for (const { line, column, message } of written.notes) console.warn(`${file}:${line}:${column}: ${message}`);
    const timers = countTimers(fail);
    addEventListener("unhandledrejection", (event) => {
      event.preventDefault();
      fail(event.reason);
    });
    expectTests();
    const program = evaluate(`(async (${names.join(", ")}) => { "use strict";\n${body}\n})\n//# sourceURL=${file}`) as (
      ...values: readonly unknown[]
    ) => Promise<void>;
    const whole = async (): Promise<RunResult> => {
      await program(...values);
      await timers.idle();
      const passed = await runTests(sink, stacks);
      await timers.idle();
      if (passed === false) return end({ status: "failed", error: { message: "A test failed." }, values: valuesOf(exported) });
      return end({ status: "done", values: valuesOf(exported) });
    };
    return await Promise.race([early, whole().catch(failed)]);
  } catch (error) {
    return failed(error);
  }
}

/** What is told of an error: name and message, and the line and column of the program where it came about. */
function errorOf(error: unknown, file: string, stacks: Stacks, back: ToSource): RunError {
  const place = placeOf(error, stacks, back);
  return { message: messageOf(error, file).slice(0, limits.message), ...place };
}

function placeOf(error: unknown, stacks: Stacks, back: ToSource): Partial<Place> {
  const { name, line, column, message } = (error ?? {}) as { name?: unknown; line?: unknown; column?: unknown; message?: unknown };
  const told = typeof line === "number" && typeof column === "number" ? { line, column } : undefined;
  // The transform speaks of the program as it was written, what comes after it of its output.
  if (name === "TransformError" && told !== undefined) return inOutput(message) ? back(told) : told;
  if (name === "ProgramError") return told === undefined ? {} : back(told);
  return stacks.placeOf(error) ?? {};
}

/** Whether a refusal comes from leaving the types out, which reads what the transform wrote. */
const inOutput = (message: unknown): boolean =>
  typeof message === "string" && /is no type that can be left out|the arrow stands on a line/.test(message);

function messageOf(error: unknown, file: string): string {
  if (!(error instanceof Error)) return `thrown: ${inspect(error)}`;
  const text = String(error.message);
  // The place is told beside the message.
  const own = text.startsWith(`${file}:`) ? text.replace(/^[^\s]*?:\d+:\d+: /, "") : text;
  return /^(?:ProgramError|TransformError)$/.test(error.name) ? own : `${error.name}: ${own}`;
}
