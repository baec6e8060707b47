/** The process that uvu thinks it runs in: it writes where the page says, and waits to be told to begin. */
let write: (text: string) => void = () => {};

export function writeTo(target: (text: string) => void): void {
  write = target;
}

export const process = {
  argv: ["uvu/bin.js"],
  env: { NO_COLOR: "1" },
  exitCode: 0,
  stdout: { write: (text: string): void => write(text) },
  hrtime: (from?: [number, number]): [number, number] => {
    const now = performance.now() - (from === undefined ? 0 : from[0] * 1e3 + from[1] / 1e6);
    return [Math.floor(now / 1e3), (now % 1e3) * 1e6];
  },
  on(): void {},
  exit(): void {},
};
