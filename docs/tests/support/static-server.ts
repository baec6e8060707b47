import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".ttf": "font/ttf",
};

export interface StaticServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly origin: string;
  /** The path under which the folder is served; begins and ends with a slash. */
  readonly base: string;
  readonly folder: string;
  close(): Promise<void>;
}

/** The file that a path of a request names, as the plainest of servers finds it: itself, or the index.html of a folder. */
async function fileOf(folder: string, path: string): Promise<string | undefined> {
  const file = join(folder, normalize(`/${path}`));
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile()) return file;
  return found?.isDirectory() && path.endsWith("/") ? fileOf(folder, `${path}index.html`) : undefined;
}

/** Serves a folder under a base path at a free port of this machine. It knows no rewriting: what works here works on any static server. */
export async function serve(folder: string, base = "/"): Promise<StaticServer> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const file = path.startsWith(base) ? await fileOf(folder, `/${path.slice(base.length)}`) : undefined;
    response.writeHead(file ? 200 : 404, { "content-type": types[extname(file ?? "404.html")] ?? "application/octet-stream" });
    response.end(await readFile(file ?? join(folder, "404.html")).catch(() => "not found"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    base,
    folder,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}
