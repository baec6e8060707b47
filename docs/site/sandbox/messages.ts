import type { Input, Output, RunResult } from "./outputs.js";

/** What the page asks of the frame, over a port that no other has. */
export type ToFrame =
  | { readonly kind: "load"; readonly library: string }
  | { readonly kind: "run"; readonly id: number; readonly program: Program; readonly limit: number }
  | { readonly kind: "stop"; readonly id: number };

/** What is run. */
export interface Program {
  readonly code: string;
  readonly file: string;
  readonly inputs: Readonly<Record<string, Input>>;
  readonly rewriteOnly: boolean;
  /** The values of the special functions, for a program that may use them. */
  readonly special?: string;
}

/** What a worker sends. */
export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "outputs"; readonly items: readonly Output[] }
  | { readonly kind: "progress"; readonly fraction: number }
  | { readonly kind: "end"; readonly result: RunResult };

/** What the frame tells the page: what the worker sent, by the number of its run. */
export type FromFrame =
  | { readonly kind: "loaded" }
  | { readonly kind: "started"; readonly id: number }
  | (FromWorker & { readonly id: number });
