import { onBeforeUnmount, type Ref, ref, shallowRef } from "vue";
import type { Library } from "../../../site/lab/library.js";
import type { Sandbox } from "../../../site/sandbox/index.js";

type Inputs = Record<string, number | string | Float64Array>;

export interface ExerciseOptions<R> {
  /** What the exercise's code must declare. */
  readonly names: readonly string[];
  /** The function of site/lab/results that computes the result, and the text of its file. */
  readonly call: string;
  readonly source: string;
  /** That function, and the code of the page as a module; loaded at the first touch. */
  readonly own: () => Promise<{ readonly block: unknown; readonly result: (library: Library, block: never, inputs: never) => R }>;
  /** What the page's build computed. */
  readonly first: R;
}

/** An exercise whose result follows its inputs and its code. */
export interface Exercise<R> {
  readonly result: Ref<R>;
  /** The reader's code; undefined while it is the page's. */
  readonly code: Ref<string | undefined>;
  readonly busy: Ref<boolean>;
  readonly error: Ref<{ readonly message: string; readonly line?: number } | undefined>;
  /** What the reader's code printed. */
  readonly printed: Ref<readonly string[]>;
  /** Computes the result for these inputs; of several calls under way the last one counts. */
  compute(inputs: Inputs): void;
  /** Takes other code, or the page's again, and computes anew. */
  edit(code: string | undefined): void;
  /** Runs another function of the same file by the code as it stands. */
  call<T>(name: string, inputs: Inputs): Promise<T | undefined>;
  /** Called when the result has changed. */
  stop(): void;
}

let library: Promise<Library> | undefined;
const loadLibrary = (): Promise<Library> => (library ??= import("../../../../lib/index.js"));

const placeless = /^import type .*$/gm;

/** The reader's code with what the page needs of it appended, so that its lines keep their numbers. */
function program(code: string, source: string, call: string, names: readonly string[], inputs: Inputs): string {
  const given = Object.keys(inputs).map((name) => `${name}: labInput("${name}")`);
  return [
    code.trimEnd(),
    'import * as labLibrary from "cotangent";',
    'import { input as labInput } from "page";',
    source.replace(placeless, "").replace(/^export /gm, ""),
    `export const labResult = ${call}(labLibrary as never, { ${names.join(", ")} } as never, { ${given.join(", ")} } as never);`,
  ].join("\n");
}

const lines = (text: string): number => text.trimEnd().split("\n").length;

export function useExercise<R>({ names, call, source, own, first }: ExerciseOptions<R>): Exercise<R> {
  const result = shallowRef(first) as Ref<R>;
  const code = ref<string>();
  const busy = ref(false);
  const error = shallowRef<{ message: string; line?: number }>();
  const printed = shallowRef<readonly string[]>([]);
  let sandbox: Sandbox | undefined;
  let wanted: Inputs | undefined;
  let inputs: Inputs | undefined;
  let running = false;

  async function byPage<T>(name: string, inputs: Inputs): Promise<T> {
    const [loaded, { block, ...functions }] = await Promise.all([loadLibrary(), own()]);
    const f = name === call ? functions.result : ((functions as never)[name] as typeof functions.result);
    return f(loaded, block as never, inputs as never) as unknown as T;
  }

  async function bySandbox<T>(edited: string, name: string, inputs: Inputs): Promise<T | undefined> {
    const { createSandbox } = await import("../../../site/sandbox/index.js");
    sandbox ??= createSandbox();
    const texts: string[] = [];
    const run = sandbox.run({
      code: program(edited, source, name, names, inputs),
      file: "exercise.ts",
      limit: 10_000,
      inputs,
      onOutput(item) {
        if (item.kind === "text") texts.push(item.text);
      },
    });
    const end = await run.finished;
    if (end.status === "stopped" || code.value !== edited) return undefined;
    printed.value = texts;
    if (end.status === "done") {
      error.value = undefined;
      return end.values?.["labResult"] as T | undefined;
    }
    error.value = explained(end.status === "timeout" ? { message: "The code ran for 10 s and was stopped." } : end.error, edited);
    return undefined;
  }

  /** An error behind the last line of the reader's code comes of what the page asks of it. */
  function explained(found: { message: string; line?: number } | undefined, edited: string): { message: string; line?: number } {
    const message = found?.message ?? "The code failed.";
    const missing = names.find((name) => new RegExp(`\\b${name} is not defined`).test(message));
    if (missing !== undefined) return { message: `The picture needs ${missing}: declare it, as the code of the page does.` };
    return found?.line === undefined || found.line > lines(edited) ? { message } : { message, line: found.line };
  }

  async function run<T>(name: string, inputs: Inputs): Promise<T | undefined> {
    const edited = code.value;
    try {
      if (edited !== undefined) return await bySandbox<T>(edited, name, inputs);
      const value = await byPage<T>(name, inputs);
      error.value = undefined;
      printed.value = [];
      return code.value === undefined ? value : undefined;
    } catch (thrown) {
      error.value = { message: thrown instanceof Error ? thrown.message : String(thrown) };
      return undefined;
    }
  }

  async function settle(): Promise<void> {
    if (running) return;
    running = true;
    while (wanted !== undefined) {
      const next = wanted;
      wanted = undefined;
      const slow = setTimeout(() => {
        busy.value = true;
      }, 150);
      const value = await run<R>(call, next);
      clearTimeout(slow);
      if (value !== undefined) result.value = value;
    }
    running = false;
    busy.value = false;
  }

  const exercise: Exercise<R> = {
    result,
    code,
    busy,
    error,
    printed,
    compute(next) {
      inputs = next;
      wanted = next;
      void settle();
    },
    edit(next) {
      code.value = next;
      wanted = inputs ?? wanted;
      if (wanted !== undefined) void settle();
    },
    call: run,
    stop() {
      sandbox?.close();
      sandbox = undefined;
    },
  };
  onBeforeUnmount(exercise.stop);
  return exercise;
}
