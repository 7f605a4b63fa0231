import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import type { Log } from "../../core/ports/log.ts";
import { hubEvents } from "./event.ts";
import type { FhircastHub } from "./hub.ts";
import { type HubCallerParts, hubCaller } from "./hub-caller.ts";
import { HubRefusal } from "./hub-refusal.ts";
import { subscriptionRequest, syncErrorRequest } from "./subscription-request.ts";

export const hubPath = "/fhircast";
const configurationPath = `${hubPath}/.well-known/fhircast-configuration`;
const endpointPrefix = `${hubPath}/channels/`;
const largestBody = 16 * 1024;
const pingMs = 20_000;

export interface HubDoorParts extends HubCallerParts {
  readonly hub: FhircastHub;
  /** What browsers and applications reach the web door by. */
  readonly origin: string;
  readonly log: Log;
}

/** The hub as the web door sees it. */
export interface HubDoor {
  /** Answers a request below the hub's address. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** A WebSocket is asked for below the hub's address. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** Subscriptions by HTTP, notifications by WebSocket (FHIRcast STU3, sections 2.4 to 2.7). */
export function openHubDoor(parts: HubDoorParts): HubDoor {
  const { hub, log } = parts;
  const channels = `${parts.origin.replace(/^http/, "ws")}${endpointPrefix}`;
  const lines = new WebSocketServer({ noServer: true, maxPayload: largestBody });
  const endpointIn = (address: string | undefined) => {
    if (address === undefined) return undefined;
    if (!address.startsWith(channels)) throw new HubRefusal(404, "no such subscription");
    return address.slice(channels.length);
  };

  async function post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const caller = await hubCaller(request, parts);
    const body = await bodyOf(request);
    if (mediaTypeOf(request) === "application/json") {
      hub.report(caller, fitting(syncErrorRequest, jsonIn(body)));
      response.writeHead(202).end();
      return;
    }
    const asked = fitting(subscriptionRequest, formIn(body));
    const existing = endpointIn(asked["hub.channel.endpoint"]);
    if (asked["hub.mode"] === "unsubscribe") hub.unsubscribe(caller, asked["hub.topic"], existing ?? "");
    const endpoint = asked["hub.mode"] === "subscribe" ? hub.subscribe(caller, asked, existing) : existing;
    sendJson(response, 202, { "hub.channel.endpoint": `${channels}${endpoint}` });
  }

  lines.on("connection", (line: WebSocket, endpoint: string) => {
    let answered = true;
    const ping = setInterval(() => {
      if (!answered) return line.terminate();
      answered = false;
      line.ping();
    }, pingMs);
    line.on("pong", () => {
      answered = true;
    });
    line.on("error", () => line.terminate());
    line.on("close", () => clearInterval(ping));
    const listener = hub.connect(endpoint, { send: text => line.send(text), close: () => line.close(1000) });
    if (listener === undefined) return line.close(1008, "no such subscription");
    line.on("message", data => listener.heard(String(data)));
    line.on("close", code => listener.closed(code));
  });

  return {
    async answer(request, response) {
      try {
        const path = (request.url ?? "").split("?")[0];
        if (path === configurationPath && request.method === "GET") return sendJson(response, 200, abilities);
        if (path !== hubPath || request.method !== "POST") throw new HubRefusal(404, "no such address");
        await post(request, response);
      } catch (problem) {
        if (!(problem instanceof HubRefusal)) log.warn("fhircast-request-failed", { detail: String(problem) });
        const { status, message } = problem instanceof HubRefusal ? problem : { status: 500, message: "failed" };
        response.writeHead(status, {
          "content-type": "text/plain; charset=utf-8",
          ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
        });
        response.end(`${message}\n`);
      }
    },
    upgrade(request, socket, head) {
      const path = request.url ?? "";
      if (!path.startsWith(endpointPrefix)) return void socket.destroy();
      lines.handleUpgrade(request, socket, head, line =>
        lines.emit("connection", line, path.slice(endpointPrefix.length)),
      );
    },
    close() {
      hub.close();
      for (const line of lines.clients) line.terminate();
      lines.close();
    },
  };
}

const abilities = {
  eventsSupported: hubEvents,
  websocketSupport: true,
  fhircastVersion: "STU3",
  getCurrentSupport: false,
  fhirVersion: "R4",
};

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}

function mediaTypeOf(request: IncomingMessage): string | undefined {
  return request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > largestBody) throw new HubRefusal(413, "too long");
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

/** Each parameter at most once (section 2.4). */
function formIn(body: string): Readonly<Record<string, string>> {
  const parameters = [...new URLSearchParams(body)];
  if (new Set(parameters.map(([name]) => name)).size < parameters.length)
    throw new HubRefusal(400, "a parameter stands twice");
  return Object.fromEntries(parameters);
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new HubRefusal(400, "no JSON");
  }
}

function fitting<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new HubRefusal(400, z.prettifyError(parsed.error));
  return parsed.data;
}
