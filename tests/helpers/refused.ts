import { test } from "uvu";
import * as assert from "uvu/assert";

/** Registers a test for each call that must be refused: the kind of error and its whole message. */
export function refused(calls: readonly (readonly [call: () => unknown, kind: new (...args: never[]) => Error, message: string])[]): void {
  for (const [call, kind, message] of calls) {
    test(`refused: ${message}`, () => {
      let thrown: unknown;
      try {
        call();
      } catch (error) {
        thrown = error;
      }
      assert.instance(thrown, kind, "nothing of this kind was thrown");
      assert.is((thrown as Error).message, message);
    });
  }
}
