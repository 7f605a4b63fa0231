import type { IncomingMessage, ServerResponse } from "node:http";
import Fastify from "fastify";
import { Failure } from "../../core/errors/failure.ts";
import type { Log } from "../../core/ports/log.ts";
import { consoleApi, consoleBase } from "../../protocol/broker/console/routes.ts";
import { SeatBrowsers } from "../oidc/seat-browsers.ts";
import type { Administrators } from "../services/administrators.ts";
import type { StepUps } from "../services/step-ups.ts";
import { answerFailures } from "./answer-failures.ts";
import { answerConsole } from "./console-answers/answer-console.ts";
import type { ConsoleAnswersParts } from "./console-answers/console-answers-parts.ts";
import { consoleHeaders } from "./console-headers.ts";
import { consoleRouteOn } from "./console-route.ts";
import { readPageFiles, servePageFiles } from "./page-files.ts";

export interface ConsoleDoorParts extends ConsoleAnswersParts {
  readonly stepUps: StepUps;
  readonly administrators: Administrators;
  readonly log: Log;
}

/** The console as the web door sees it. */
export interface ConsoleDoor {
  /** Answers a request below the console's address. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** The cookie that opens the console to the browser of this seat; `undefined` where its holder may not use it. */
  admit(seat: string): Promise<string | undefined>;
  close(): Promise<void>;
}

const largestBody = 64 * 1024;

/** Opens the console: its page for everybody, since it says nothing; its questions for administrators whose card is in. */
export async function openConsoleDoor(parts: ConsoleDoorParts): Promise<ConsoleDoor> {
  const { configuration, administrators, sessions, events, log } = parts;
  const secure = configuration.web.origin.startsWith("https:");
  const browsers = new SeatBrowsers({ name: "wardkey_console", sameSite: "Strict", secure });
  const door = Fastify({ bodyLimit: largestBody });
  door.addHook("onRequest", async (_request, reply) => void reply.headers(consoleHeaders));
  answerFailures(door, log);
  answerConsole(consoleRouteOn(door, configuration.web.origin, { ...parts, browsers }), parts);

  const files = readPageFiles("console");
  door.get(`${consoleApi}*`, () => {
    throw new Failure("request-malformed");
  });
  servePageFiles(door, consoleBase, files);
  await door.ready();

  const stop = events.subscribe(event => event.type === "seat-lost" && browsers.forget(event.seat));
  return {
    answer: (request, response) => door.routing(request, response),
    async admit(seat) {
      const session = await sessions.openSeat(seat);
      if (session === undefined || administrators.rolesOf(session).length === 0) return undefined;
      return browsers.bind(seat, session.holder.id);
    },
    async close() {
      stop();
      await door.close();
    },
  };
}
