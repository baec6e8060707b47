import { Tape } from "./tape.js";

/** How many bytes the tapes that are kept for later hold at most; larger ones are kept only until memory is needed. */
const KEPT = 2 ** 24;
const POOLED = 8;

const pool: Tape[] = [];
let held = 0;
let large: WeakRef<Tape> | undefined;

/** An empty tape, reused when one is at hand. */
export function takeTape(): Tape {
  const tape = pool.pop();
  if (tape !== undefined) {
    held -= tape.bytes;
    return tape;
  }
  const found = large?.deref();
  large = undefined;
  return found ?? new Tape();
}

/** Gives a tape back; its slots must not be used any more. */
export function returnTape(tape: Tape): void {
  tape.clear();
  const { bytes } = tape;
  if (pool.length < POOLED && held + bytes <= KEPT) {
    pool.push(tape);
    held += bytes;
  } else if (bytes > KEPT / POOLED) large = new WeakRef(tape);
}
