import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { DeskCard, DeskControls, DeskWorkstation } from "./desk-controls.ts";
import { readDeskFiles } from "./desk-files.ts";
import { type FromDeskPage, fromDeskPage, type ToDeskPage } from "./desk-messages.ts";
import { packFrame } from "./frame-message.ts";

export interface DeskOptions {
  readonly workstations: readonly DeskWorkstation[];
  readonly cards: readonly DeskCard[];
  readonly controls: DeskControls;
  /** Tried first; a free one is taken where it is in use. */
  readonly port: number;
}

export interface Desk {
  readonly url: string;
  close(): Promise<void>;
}

/** A page that is slow to take pictures misses some, bytes waiting. */
const patience = 600_000;

/** Serves the demonstration desk on the loopback interface. */
export async function startDesk(options: DeskOptions): Promise<Desk> {
  const files = readDeskFiles();
  const pages = new Set<WebSocket>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4_096 });
  const server = createServer();
  const port = await listen(server, options.port);
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];

  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const file = files.get((request.url ?? "/").split("?")[0] ?? "/");
    if (!hosts.includes(request.headers.host ?? "") || file === undefined) {
      response.writeHead(file === undefined ? 404 : 421).end();
      return;
    }
    response.writeHead(200, { ...securityHeaders(port), "content-type": file.mediaType }).end(file.body);
  });
  server.on("upgrade", (request: IncomingMessage, socket, head) => {
    const fits = hosts.some(host => request.headers.host === host && request.headers.origin === `http://${host}`);
    if (!fits || request.url !== "/live") return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, page => welcome(page));
  });

  const describe = (): string =>
    JSON.stringify({
      type: "desk",
      workstations: options.workstations.map(workstation => ({
        id: workstation.id,
        name: workstation.name,
        placeName: workstation.placeName,
        front: workstation.front(),
        view: workstation.view(),
      })),
      cards: options.cards,
      state: options.controls.state(),
    } satisfies ToDeskPage);

  const sendFrame = (page: WebSocket, index: number): void => {
    const frame = options.workstations[index]?.frame();
    if (frame !== undefined && page.bufferedAmount < patience) page.send(packFrame(index, frame));
  };

  const welcome = (page: WebSocket): void => {
    pages.add(page);
    page.on("close", () => pages.delete(page));
    page.on("error", () => page.terminate());
    page.on("message", data => {
      const asked = fromDeskPage.safeParse(parseJson(String(data)));
      if (!asked.success) return;
      act(options, asked.data).catch(problem => {
        const text = problem instanceof Error ? problem.message : String(problem);
        page.send(JSON.stringify({ type: "problem", text } satisfies ToDeskPage));
      });
    });
    page.send(describe());
    for (const index of options.workstations.keys()) sendFrame(page, index);
  };

  const tellAll = () => {
    const text = describe();
    for (const page of pages) page.send(text);
  };
  const stops = options.workstations.map((workstation, index) =>
    workstation.subscribe(changed => {
      if (changed !== "frame") return tellAll();
      for (const page of pages) sendFrame(page, index);
    }),
  );
  stops.push(options.controls.subscribe(tellAll));

  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      for (const stop of stops) stop();
      for (const page of pages) page.terminate();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

async function act({ workstations, controls }: DeskOptions, asked: FromDeskPage): Promise<void> {
  switch (asked.type) {
    case "input":
      workstations.find(workstation => workstation.id === asked.workstation)?.input(asked.input);
      return;
    case "insert":
      return await controls.insert(asked.card, asked.workstation);
    case "remove":
      return await controls.remove(asked.workstation);
    case "set-broker":
      return await controls.setBroker(asked.running);
    case "pass-time":
      return await controls.passTime(asked.ms);
    default:
      return asked satisfies never;
  }
}

function securityHeaders(port: number): Record<string, string> {
  const live = `ws://127.0.0.1:${port} ws://localhost:${port}`;
  return {
    "content-security-policy": `default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; connect-src ${live}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  };
}

async function listen(server: Server, wanted: number): Promise<number> {
  const attempt = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host: "127.0.0.1", port }, () => {
        server.off("error", reject);
        resolve((server.address() as AddressInfo).port);
      });
    });
  return await attempt(wanted).catch(async problem => {
    if (problem.code !== "EADDRINUSE" && problem.code !== "EACCES") throw problem;
    return await attempt(0);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
