/** Measures one library in a process of its own: its name is the argument, each row is a message. */
import { liveIn } from "../lived-in.js";
import { compare } from "./measure.js";
import { forms, type Peer, type ProgramName } from "./peer.js";
import { programs } from "./programs.js";
import type { Row, ValueRow } from "./results.js";

/** What is told of a library. */
export type Told = { readonly row: Omit<Row, "cells"> & { readonly cell: Row["cells"][string] } } | { readonly value: ValueRow };

const tell = (told: Told): void => {
  process.send?.(told);
};

async function load(name: string): Promise<Peer> {
  if (name === "TensorFlow.js cpu") return (await import("./tfjs.js")).tensorflow("cpu");
  if (name === "TensorFlow.js wasm") return (await import("./tfjs.js")).tensorflow("wasm");
  if (name === "jax-js") return (await import("./jax.js")).jax();
  if (name === "rose") return (await import("./rose.js")).rose();
  if (name === "adnn") return (await import("./adnn.js")).adnn();
  // Our own process has lived before, as those of the other suites have.
  liveIn(25);
  return (await import("./cotangent.js")).peer;
}

async function measureValues(): Promise<void> {
  const { valuePrograms } = await import("./values.js");
  for (const { title, reference, ours, tolerance } of valuePrograms(200, 512)) {
    const { cell, seconds } = compare(ours, reference, tolerance);
    tell({ value: { program: title, reference: seconds, ours: cell } });
  }
}

async function measurePrograms(name: string): Promise<void> {
  const peer = await load(name);
  for (const [program, byForm] of Object.entries(peer.programs) as [ProgramName, Peer["programs"]["f1"]][]) {
    const { title, hand } = programs[program];
    // Programs in single precision are held against a loop in single precision.
    const tolerance = program === "mlpSingle" ? 1e-4 : peer.tolerance;
    for (const form of forms) {
      const run = byForm?.[form];
      if (run === undefined) continue;
      const { cell, seconds } = compare(run, hand, tolerance);
      tell({ row: { program: title, form, hand: seconds, cell } });
    }
  }
}

const name = process.argv[2] as string;
await (name === "numpy-ts" ? measureValues() : measurePrograms(name));
// Some libraries keep threads.
process.exit(0);
