/** How long is measured. */
export interface Effort {
  /** Times all runs take their turns. */
  readonly rounds: number;
  /** Milliseconds that a run fills in each round. */
  readonly roundTime: number;
  /** Each run is called before that so often, or for so many milliseconds. */
  readonly warm: { readonly calls: number; readonly time: number };
  /** Calls that take longer than so many milliseconds are warm at once, and take part in as many rounds as fill the total; in two at least. */
  readonly slow: { readonly time: number; readonly total: number };
}

const labEffort: Effort = { rounds: 42, roundTime: 3, warm: { calls: 300, time: 250 }, slow: { time: 40, total: 1000 } };

/** Keeps the last answer, so that no call can be left out as unused. */
let sink: unknown;

/** The answer that was computed last. */
export function lastAnswer(): unknown {
  return sink;
}

function timed(run: () => unknown, calls: number): number {
  const start = performance.now();
  for (let k = 0; k < calls; k++) sink = run();
  return (performance.now() - start) / calls;
}

/** Calls it until it is compiled as well as it will be. Returns the milliseconds of its shortest call. */
function warmUp(run: () => unknown, { warm: { calls, time }, slow }: Effort): number {
  let shortest = timed(run, 1);
  for (let count = 1, spent = shortest; count < calls && spent < time && shortest <= slow.time; count++) {
    const once = timed(run, 1);
    spent += once;
    shortest = Math.min(shortest, once);
  }
  return shortest;
}

/**
 * The milliseconds of a call of each run, round by round: when all are warm they take turns, so that whatever else the machine does falls on
 * all of them alike. Runs that are slow have fewer rounds than the others.
 */
export function timesInTurn(runs: readonly (() => unknown)[], effort: Effort = labEffort): number[][] {
  const { rounds, roundTime, slow } = effort;
  const warm = runs.map((run) => {
    const once = warmUp(run, effort);
    return {
      run,
      calls: Math.max(1, Math.ceil(roundTime / once)),
      rounds: once > slow.time ? Math.max(2, Math.min(rounds, Math.floor(slow.total / once))) : rounds,
      times: [] as number[],
    };
  });
  for (let round = 0; round < rounds; round++) {
    for (const { run, calls, rounds, times } of warm) if (round < rounds) times.push(timed(run, calls));
  }
  return warm.map(({ times }) => times);
}

/** How many times faster: the ratio of the shortest rounds, and between what ratios the middle half of the single rounds lies. */
export interface SpeedUp {
  readonly best: number;
  readonly low: number;
  readonly high: number;
}

/** How much faster one run is than another, from their times round by round. NaN where one of them was not measured. */
export function speedUp(slower: readonly number[], faster: readonly number[]): SpeedUp {
  const length = Math.min(slower.length, faster.length);
  if (length === 0) return { best: Number.NaN, low: Number.NaN, high: Number.NaN };
  const best = Math.min(...slower) / Math.min(...faster);
  const single = Array.from({ length }, (_, round) => (slower[round] as number) / (faster[round] as number)).sort((a, b) => a - b);
  const quarter = Math.floor(length / 4);
  const [low, high] = [single[quarter], single[length - 1 - quarter]] as [number, number];
  return { best, low: Math.min(low, best), high: Math.max(high, best) };
}

/** The time of the shortest round; NaN where there was none. */
export function shortestOf(times: readonly number[]): number {
  return times.length === 0 ? Number.NaN : Math.min(...times);
}
