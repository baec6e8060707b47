/**
 * What a program in the worker must not reach: the way to the frame. What could reach a network or a store is refused by the frame's policy and by
 * its lack of an origin; here only the messages are taken away, so that no program can speak in the sandbox's name, and workers within the worker.
 */
export function seal(): void {
  for (const holder of [self, ...prototypesOf(self)]) {
    for (const name of ["postMessage", "onmessage", "close", "Worker"]) {
      const own = Object.getOwnPropertyDescriptor(holder, name);
      if (own?.configurable) delete (holder as unknown as Record<string, unknown>)[name];
    }
  }
}

function prototypesOf(x: object): object[] {
  const parent = Object.getPrototypeOf(x) as object | null;
  return parent === null || parent === Object.prototype ? [] : [parent, ...prototypesOf(parent)];
}
