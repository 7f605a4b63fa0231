import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyInstance, FastifyReply } from "fastify";

export interface PageFile {
  readonly body: Buffer;
  readonly mediaType: string;
}

/** Where `vite build --config renderer/vite.config.ts` puts the pages that the broker serves. */
const builtFolder = fileURLToPath(new URL("../../dist/renderer/", import.meta.url));

const assetTypes: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
};

export interface PageFiles {
  /** The page, at whichever of its addresses. */
  readonly page: PageFile;
  /** By name. What is not in it is never served, so no name can lead out of the folder. */
  readonly assets: ReadonlyMap<string, PageFile>;
}

/** Reads built pages once. Throws an Error with the remedy where nothing is built. */
export function readPageFiles(face: "console" | "own", built = builtFolder): PageFiles {
  const folder = `${built}${face}/`;
  try {
    const page = { body: readFileSync(`${folder}index.html`), mediaType: "text/html; charset=utf-8" };
    const assets = new Map<string, PageFile>();
    for (const name of readdirSync(`${folder}assets`)) {
      const mediaType = assetTypes[extname(name)];
      if (mediaType !== undefined) assets.set(name, { body: readFileSync(`${folder}assets/${name}`), mediaType });
    }
    return { page, assets };
  } catch (problem) {
    const remedy = `the pages “${face}” are needed, and not built: vite build --config renderer/vite.config.ts`;
    throw new Error(`${remedy} (${problem instanceof Error ? problem.message : problem})`);
  }
}

/** The page at every address below `base` that nothing else answers, and what it loads. */
export function servePageFiles(door: FastifyInstance, base: string, { page, assets }: PageFiles): void {
  const send = (reply: FastifyReply, { body, mediaType }: PageFile) => reply.type(mediaType).send(body);
  door.get<{ Params: { name: string } }>(`${base}assets/:name`, (request, reply) => {
    const asset = assets.get(request.params.name);
    return asset === undefined ? reply.status(404).send() : send(reply, asset);
  });
  door.get(`${base}*`, (_request, reply) => send(reply, page));
  door.setNotFoundHandler((_request, reply) => reply.status(404).send());
}
