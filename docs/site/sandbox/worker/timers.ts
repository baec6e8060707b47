/** Timers that are counted: a program has ended when none is left, as at the command line. */
export interface Timers {
  /** Ends when nothing waits any more. */
  idle(): Promise<void>;
}

export function countTimers(fail: (error: unknown) => void): Timers {
  const open = new Set<number>();
  const waiting: (() => void)[] = [];
  const { setTimeout: later, clearTimeout: forget, setInterval: repeat, clearInterval: stop } = globalThis;
  const settle = (): void => {
    if (open.size === 0) for (const done of waiting.splice(0)) done();
  };
  const guarded = (f: unknown, args: unknown[]): void => {
    try {
      if (typeof f === "function") f(...args);
    } catch (error) {
      fail(error);
    }
  };
  const scope = globalThis as unknown as Record<string, unknown>;
  scope["setTimeout"] = (f: unknown, ms?: number, ...args: unknown[]): number => {
    const id = later(() => {
      guarded(f, args);
      open.delete(id);
      settle();
    }, ms) as unknown as number;
    open.add(id);
    return id;
  };
  scope["setInterval"] = (f: unknown, ms?: number, ...args: unknown[]): number => {
    const id = repeat(() => guarded(f, args), ms) as unknown as number;
    open.add(id);
    return id;
  };
  const clear = (end: (id: number) => void) => (id: number) => {
    end(id);
    if (open.delete(id)) settle();
  };
  scope["clearTimeout"] = clear(forget as (id: number) => void);
  scope["clearInterval"] = clear(stop as (id: number) => void);
  return {
    idle: () => (open.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
