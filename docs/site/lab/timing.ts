/** The times of one way, in ms for a call. */
export interface Timing {
  readonly shortest: number;
  readonly median: number;
  /** Between these lies the middle half of the rounds. */
  readonly low: number;
  readonly high: number;
  readonly rounds: number;
}

/** Ms for which a way is warmed up, and that its calls fill in a round. */
const warm = 150;
const roundTime = 8;
const rounds = 15;
/** Calls that take longer than this many ms take part in as many rounds as fill the total, in one at least. */
const slow = { time: 40, total: 700 };

let sink: unknown;

/** The answer computed last; kept so that no call can be left out as unused. */
export const lastAnswer = (): unknown => sink;

function timed(run: () => unknown, calls: number): number {
  const start = performance.now();
  for (let k = 0; k < calls; k++) sink = run();
  return performance.now() - start;
}

/** How far the clock moves at once: browsers round it, to 0.005 … 1 ms and more. */
export function clockStep(): number {
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < 5; k++) {
    const start = performance.now();
    let now = start;
    while (now === start) now = performance.now();
    least = Math.min(least, now - start);
  }
  return least;
}

/** A way under measurement. */
interface Way {
  readonly run: () => unknown;
  /** So many calls fill a round. */
  calls: number;
  readonly times: number[];
  readonly rounds: number;
}

/** Warms a way up, and finds how many calls fill a round. The time of a slow call counts already. */
function warmed(run: () => unknown, round: number): Way {
  let [calls, spent, time] = [1, 0, 0];
  for (;;) {
    time = timed(run, calls);
    spent += time;
    if (time >= slow.time && calls === 1) {
      // One slow call may be the compiler's or the collector's; two are its own.
      const again = time < 1000 ? timed(run, 1) : time;
      spent += again;
      if (again < slow.time) continue;
      time = Math.min(time, again);
      return { run, calls, times: [time], rounds: Math.max(1, Math.min(rounds - 1, Math.floor(slow.total / time))) };
    }
    if (spent >= warm && time >= round) return { run, calls: filling(calls, time, round), times: [], rounds };
    if (time < round) calls *= 2;
  }
}

const filling = (calls: number, time: number, round: number): number => Math.max(1, Math.ceil((calls * round) / time));

/** One round of a way; where its calls have become so fast that the clock's steps would show, more of them fill the next try. */
function measureRound(way: Way, round: number): void {
  for (let tries = 0; ; tries++) {
    const time = timed(way.run, way.calls);
    if (time >= round / 2 || tries === 8) {
      way.times.push(time / way.calls);
      return;
    }
    way.calls = time === 0 ? 4 * way.calls : filling(way.calls, time, round);
  }
}

function timingOf(times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  const quarter = Math.floor(sorted.length / 4);
  return {
    shortest: sorted[0] as number,
    median: sorted[sorted.length >> 1] as number,
    low: sorted[quarter] as number,
    high: sorted[sorted.length - 1 - quarter] as number,
    rounds: sorted.length,
  };
}

/**
 * Times ways that take turns, round by round.
 * @param onRound called after each way's part of a round with the share that is done, 0 to 1
 */
export function timeInTurns(runs: readonly (() => unknown)[], onRound: (share: number) => void): Timing[] {
  const round = Math.max(roundTime, 50 * clockStep());
  const ways = runs.map((run) => warmed(run, round));
  const total = ways.reduce((sum, way) => sum + way.rounds, 0);
  let done = 0;
  for (let k = 0; k < rounds; k++) {
    for (const way of ways) {
      if (k >= way.rounds) continue;
      measureRound(way, round);
      onRound(++done / total);
    }
  }
  return ways.map(({ times }) => timingOf(times));
}
