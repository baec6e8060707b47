import { onScopeDispose, type Ref, ref, type ShallowRef, shallowRef } from "vue";
import { createSandbox, type Output, type Run, type RunOptions, type RunResult } from "../../../site/sandbox/index.js";

/** A program's runs, as a component shows them: the last one's outputs, how it ended, and whether it is under way. */
export interface Runs {
  readonly running: Ref<boolean>;
  readonly outputs: ShallowRef<readonly Output[]>;
  readonly result: ShallowRef<RunResult | undefined>;
  /** From 0 to 1, where the program tells. */
  readonly progress: Ref<number | undefined>;
  /** How long the last run took, in ms. */
  readonly took: Ref<number>;
  run(options: Omit<RunOptions, "onOutput" | "onProgress">): Promise<RunResult>;
  stop(): void;
  /** Shows nothing any more. */
  clear(): void;
}

/** The sandbox that all programs of the page share: a run ends the one before. */
let shared: ReturnType<typeof createSandbox> | undefined;

export function useRun(): Runs {
  const running = ref(false);
  const outputs = shallowRef<readonly Output[]>([]);
  const result = shallowRef<RunResult>();
  const progress = ref<number>();
  const took = ref(0);
  let current: Run | undefined;
  onScopeDispose(() => current?.stop());
  return {
    running,
    outputs,
    result,
    progress,
    took,
    async run(options) {
      shared ??= createSandbox();
      const items: Output[] = [];
      let waiting = false;
      let mine: Run | undefined;
      const show = (): void => {
        waiting = false;
        if (current === mine) outputs.value = [...items];
      };
      running.value = true;
      result.value = undefined;
      progress.value = undefined;
      const from = performance.now();
      mine = shared.run({
        ...options,
        onOutput(item) {
          items.push(item);
          // Once for each frame that the page shows, however much a program prints.
          if (!waiting) requestAnimationFrame(show);
          waiting = true;
        },
        onProgress(fraction) {
          progress.value = fraction;
        },
      });
      current = mine;
      const ended = await mine.finished;
      if (current !== mine) return ended;
      show();
      took.value = performance.now() - from;
      result.value = ended;
      running.value = false;
      progress.value = undefined;
      return ended;
    },
    stop: () => current?.stop(),
    clear() {
      current?.stop();
      current = undefined;
      running.value = false;
      outputs.value = [];
      result.value = undefined;
    },
  };
}

/** How a run ended, in words: for the line that tells the state of things. */
export function statusOf(result: RunResult, took: number, limit: number): string {
  const time = took < 950 ? `${Math.max(1, Math.round(took))} ms` : `${(took / 1000).toFixed(1)} s`;
  switch (result.status) {
    case "done":
      return `Done in ${time}.`;
    case "stopped":
      return "Stopped.";
    case "timeout":
      return `Stopped after ${limit / 1000} s, the time that a program has. An endless loop?`;
    default:
      return "Failed.";
  }
}
