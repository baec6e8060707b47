import { MessageChannel } from "node:worker_threads";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  copy,
  derivative,
  gradient,
  mul,
  NotTraceableError,
  pushforward,
  type Scalar,
  similar,
  sum,
} from "../../lib/index.js";

/** What a program does with values that it means to keep, or to hand to another thread. */
const ways: Record<string, (x: unknown) => unknown> = {
  structuredClone: (x) => structuredClone(x),
  "structuredClone of a record": (x) => structuredClone({ a: [x] }),
  postMessage: (x) => {
    const { port1, port2 } = new MessageChannel();
    try {
      port1.postMessage(x);
    } finally {
      port1.close();
      port2.close();
    }
  },
  "JSON.stringify": (x) => JSON.stringify(x),
  "JSON.stringify of a record": (x) => JSON.stringify({ a: [x] }),
};

const refused = (way: string, f: () => unknown): void => {
  assert.throws(f, (error: unknown) => {
    assert.instance(error, NotTraceableError);
    assert.instance(error, TypeError);
    const { message } = error as Error;
    assert.ok(
      message.startsWith(way.startsWith("JSON") ? "JSON.stringify: got a traced " : "structuredClone, postMessage: got a traced "),
      message,
    );
    assert.match(message, /primal\(x\)$/);
    return true;
  });
};

for (const [way, send] of Object.entries(ways)) {
  test(`${way}: a traced number or array says what it is, in both modes, and when its call has ended`, () => {
    let kept: unknown;
    const number = (x: Scalar): Scalar => {
      kept = mul(x, 2);
      refused(way, () => send(x));
      refused(way, () => send(kept));
      return x;
    };
    gradient(number, 2);
    refused(way, () => send(kept));
    derivative(number, 2);
    derivative((x) => gradient(number, x)[0] as Scalar, 2);
    const ofArray = (x: AnyArray): Scalar => {
      for (const each of [x, mul(x, 2), copy(x), similar(x), x.lo(1), x.pick(0)]) refused(way, () => send(each));
      return sum(x);
    };
    gradient(ofArray, array([1, 2]));
    pushforward(ofArray, [array([1, 2])], [array([1, 2])]);
  });
}

test("plain results are cloned and written as any array", () => {
  const [g] = gradient((x) => sum(mul(x, x)), array([1, 2]));
  assert.equal([...structuredClone(g).data], [2, 4]);
  assert.equal(JSON.parse(JSON.stringify(g)).shape, [2]);
});

test.run();
