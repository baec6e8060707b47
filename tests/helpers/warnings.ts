/** What console.warn was given while `run` ran. */
export function warnings(run: () => void): string[] {
  const seen: string[] = [];
  const { warn } = console;
  console.warn = (message: string) => {
    seen.push(message);
  };
  try {
    run();
  } finally {
    console.warn = warn;
  }
  return seen;
}
