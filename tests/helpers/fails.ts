import * as assert from "uvu/assert";

// biome-ignore lint/suspicious/noExplicitAny: any error class will do
type ErrorClass = new (...args: any[]) => Error;

/** Asserts that `run` throws an error of this class whose message has all of these parts. */
export function fails(run: () => unknown, kind: ErrorClass, ...parts: readonly string[]): void {
  let thrown: unknown;
  let threw = false;
  try {
    run();
  } catch (error) {
    threw = true;
    thrown = error;
  }
  assert.ok(threw, `nothing was thrown, expected ${kind.name}: ${parts.join(" … ")}`);
  assert.ok(thrown instanceof kind, `expected ${kind.name}, got ${String(thrown)}`);
  const { message } = thrown as Error;
  for (const part of parts) assert.ok(message.includes(part), `expected “${part}” in: ${message}`);
  assert.not.match(message, /\(reading '|^\S+ is not (a function|iterable|a constructor)|Cannot destructure/);
}
