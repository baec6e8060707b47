/**
 * The script of the frame: it starts workers from the text that the page hands in, stops them in time, and passes on what they send. It knows
 * nothing of the page but the port.
 */
import type { FromWorker, ToFrame } from "../messages.js";
import { limits } from "../outputs.js";

let library = "";
/** A worker that has loaded the library and waits for a program. */
let spare: Worker | undefined;
let current: { readonly id: number; readonly worker: Worker; timer: number | undefined } | undefined;

const newWorker = (): Worker => new Worker(library);

function end(id: number, result: object): void {
  if (current?.id !== id) return;
  clearTimeout(current.timer);
  current.worker.terminate();
  current = undefined;
  port.postMessage({ kind: "end", id, result });
  spare ??= newWorker();
}

function start({ id, program, limit }: Extract<ToFrame, { kind: "run" }>): void {
  if (current !== undefined) end(current.id, { status: "stopped" });
  const worker = spare ?? newWorker();
  spare = undefined;
  let messages = 0;
  current = { id, worker, timer: undefined };
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (current?.id !== id) return;
    if (data?.kind === "end") end(id, data.result);
    else if (++messages > limits.messages)
      end(id, { status: "failed", error: { message: "The program was stopped: it sent too many messages." } });
    else if (data?.kind === "outputs" || data?.kind === "progress") port.postMessage({ ...data, id });
    else if (data?.kind === "ready") {
      // Time counts from here: the library is loaded, the program begins.
      current.timer = setTimeout(() => end(id, { status: "timeout" }), limit) as unknown as number;
      port.postMessage({ kind: "started", id });
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    end(id, { status: "failed", error: { message: event.message || "The program could not be started." } });
  };
  worker.postMessage(program);
}

let port: MessagePort;

addEventListener("message", ({ ports }) => {
  if (port !== undefined || ports[0] === undefined) return;
  port = ports[0];
  port.onmessage = ({ data }: MessageEvent<ToFrame>) => {
    switch (data.kind) {
      case "load":
        library = URL.createObjectURL(new Blob([data.library], { type: "text/javascript" }));
        spare = newWorker();
        port.postMessage({ kind: "loaded" });
        break;
      case "run":
        start(data);
        break;
      case "stop":
        end(data.id, { status: "stopped" });
    }
  };
});
