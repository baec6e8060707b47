/**
 * Runs programs that a reader may edit, apart from the page: in a worker inside of a frame without origin, network, storage or way out.
 * What a program shows comes back as data, checked here.
 */
import { script as frameScript } from "virtual:sandbox/frame";
import { address as libraryUrl } from "virtual:sandbox/library";
import { address as specialUrl } from "virtual:sandbox/special";
import { checkedOutput, checkedResult } from "./check.js";
import type { FromFrame, ToFrame } from "./messages.js";
import { freshBudget, type Input, limits, type Output, type RunResult, type Status } from "./outputs.js";

export type {
  ArrayOf,
  Axis,
  Input,
  Output,
  PictureOutput,
  PlotOutput,
  RunError,
  RunResult,
  Series,
  Status,
  TableOutput,
  TextOutput,
  Value,
} from "./outputs.js";

/** What to run. */
export interface RunOptions {
  /** A module in TypeScript or JavaScript. */
  readonly code: string;
  /** Its name in messages. */
  readonly file?: string;
  /** How long it may take, in ms. */
  readonly limit?: number;
  /** What `input("name")` of the module "page" gives. */
  readonly inputs?: Readonly<Record<string, Input>>;
  /** Only rewrites it: the result has the rewritten program, and nothing runs. */
  readonly rewriteOnly?: boolean;
  onOutput?(item: Output): void;
  /** Called as the program calls `progress`, from 0 to 1. */
  onProgress?(fraction: number): void;
}

/** A program under way. */
export interface Run {
  /** Never rejects: a program that fails has the status "failed". */
  readonly finished: Promise<RunResult>;
  stop(): void;
}

export interface Sandbox {
  /** Starts a program; one that is under way in the same sandbox is stopped. */
  run(options: RunOptions): Run;
  /** Loads the library beforehand, so that the first run starts at once. */
  warm(): void;
  /** Takes the frame away, and stops what runs. */
  close(): void;
}

const policy = "default-src 'none'; connect-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:";

/** How long a frame may be silent beyond the limit of its run before it is made anew, in ms. */
const grace = 3_000;

const texts = new Map<string, Promise<string>>();

/** A text that workers run, fetched once for all sandboxes of the page. */
function load(address: string): Promise<string> {
  const known = texts.get(address);
  if (known !== undefined) return known;
  const text = fetch(address).then((answer) => {
    if (answer.ok) return answer.text();
    throw new Error(`${address} answered ${answer.status}`);
  });
  texts.set(address, text);
  text.catch(() => texts.delete(address));
  return text;
}

/** The text behind the special functions, for programs that name their module. */
const specialFor = (code: string): Promise<string | undefined> => (/special/.test(code) ? load(specialUrl) : Promise.resolve(undefined));

/** A frame with its port, once it has loaded. */
interface Frame {
  readonly element: HTMLIFrameElement;
  readonly port: Promise<MessagePort>;
}

function makeFrame(onMessage: (message: FromFrame) => void): Frame {
  const element = document.createElement("iframe");
  element.setAttribute("sandbox", "allow-scripts");
  element.setAttribute("referrerpolicy", "no-referrer");
  element.setAttribute("aria-hidden", "true");
  element.tabIndex = -1;
  element.title = "Where programs run";
  element.style.display = "none";
  const script = frameScript.replaceAll("</script", "<\\/script");
  element.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script>${script}</script>`;
  const loaded = new Promise<void>((resolve) => element.addEventListener("load", () => resolve(), { once: true }));
  document.body.append(element);
  const port = Promise.all([load(libraryUrl), loaded]).then(([library]) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<FromFrame>) => onMessage(data);
    element.contentWindow?.postMessage("port", "*", [port2]);
    port1.postMessage({ kind: "load", library } satisfies ToFrame);
    return port1;
  });
  return { element, port };
}

let runs = 0;

/** A sandbox of its own; the frame is made at the first run. */
export function createSandbox(): Sandbox {
  let frame: Frame | undefined;
  let current: { readonly id: number; take(message: FromFrame): void; end(result: RunResult): void } | undefined;

  const remove = (): void => {
    frame?.element.remove();
    frame?.port.then((port) => port.close()).catch(() => {});
    frame = undefined;
  };
  const theFrame = (): Frame => {
    frame ??= makeFrame((message) => {
      if (message?.kind !== "loaded" && message?.id === current?.id) current?.take(message);
    });
    return frame;
  };

  return {
    run({ code, file = "block.ts", limit = 10_000, inputs = {}, rewriteOnly = false, onOutput, onProgress }) {
      current?.end({ status: "stopped" });
      const id = ++runs;
      const budget = freshBudget();
      let messages = 0;
      let watch: ReturnType<typeof setTimeout> | undefined;
      let finish: (result: RunResult) => void = () => {};
      const finished = new Promise<RunResult>((resolve) => {
        finish = resolve;
      });
      const end = (result: RunResult): void => {
        clearTimeout(watch);
        if (current?.id === id) current = undefined;
        finish(result);
      };
      /** Ends a run from this side. Whether the frame still answers is not known then, where it was silent. */
      const giveUp = (status: Status, message?: string): void => {
        remove();
        end({ status, ...(message === undefined ? {} : { error: { message } }) });
      };
      current = {
        id,
        end: (result) => {
          frame?.port.then((port) => port.postMessage({ kind: "stop", id } satisfies ToFrame)).catch(() => {});
          end(result);
        },
        take(message) {
          if (++messages > limits.messages * 2) return giveUp("failed", "The program was stopped: it sent too many messages.");
          switch (message.kind) {
            case "started":
              clearTimeout(watch);
              watch = setTimeout(() => giveUp("timeout"), limit + grace);
              break;
            case "outputs":
              if (!Array.isArray(message.items)) break;
              for (const item of message.items.slice(0, limits.items)) {
                const output = checkedOutput(item, budget);
                if (output !== undefined) onOutput?.(output);
              }
              break;
            case "progress":
              if (typeof message.fraction === "number") onProgress?.(Math.min(1, Math.max(0, message.fraction || 0)));
              break;
            case "end":
              end(checkedResult(message.result));
          }
        },
      };
      Promise.all([theFrame().port, specialFor(code)])
        .then(([port, special]) => {
          if (current?.id !== id) return;
          watch = setTimeout(() => giveUp("failed", "The library did not start."), 30_000);
          port.postMessage({
            kind: "run",
            id,
            limit,
            program: { code, file, inputs, rewriteOnly, ...(special === undefined ? {} : { special }) },
          } satisfies ToFrame);
        })
        .catch((error: unknown) => {
          if (current?.id === id) giveUp("failed", `The library could not be loaded: ${String(error)}`);
        });
      return {
        finished,
        stop: () => {
          if (current?.id === id) current.end({ status: "stopped" });
        },
      };
    },
    warm() {
      theFrame().port.catch(remove);
    },
    close() {
      current?.end({ status: "stopped" });
      remove();
    },
  };
}
