import type { IncomingMessage, ServerResponse } from "node:http";
import Fastify from "fastify";
import type { z } from "zod";
import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { ownApplication } from "../../core/second-factor/own-application.ts";
import type { Session } from "../../core/session/session.ts";
import { keyRoutes, type OwnRoute, ownBase, ownRoutes } from "../../protocol/broker/own/own-routes.ts";
import { SeatBrowsers } from "../oidc/seat-browsers.ts";
import { type KeyPages, keyPagePath } from "../second-factor/key-pages.ts";
import type { OwnFactors } from "../second-factor/own-factors.ts";
import type { BuiltInApplications } from "../services/built-in-applications.ts";
import type { Enrolments } from "../services/enrolments.ts";
import { type House, placeOf } from "../services/house.ts";
import type { SessionEvents } from "../services/session-events.ts";
import type { Sessions } from "../services/sessions.ts";
import type { StepUps } from "../services/step-ups.ts";
import { fitting } from "../steps/fitting.ts";
import { freshlyProven } from "../steps/freshly-proven.ts";
import { fromOwnPage } from "../steps/from-own-page.ts";
import { type SignedInParts, signedIn } from "../steps/signed-in.ts";
import { answerFailures } from "./answer-failures.ts";
import { ownHeaders } from "./own-headers.ts";
import { readPageFiles, servePageFiles } from "./page-files.ts";

export interface OwnDoorParts extends Omit<SignedInParts, "browsers"> {
  readonly webOrigin: string;
  readonly house: Pick<House, "places">;
  readonly enrolments: Pick<Enrolments, "byId" | "nameOf">;
  readonly builtIn: Pick<BuiltInApplications, "applicationsOf">;
  readonly factors: OwnFactors;
  readonly pages: KeyPages;
  readonly sessions: Sessions;
  readonly stepUps: StepUps;
  readonly events: SessionEvents;
  readonly clock: Clock;
  readonly log: Log;
}

/** The holder's own pages as the web door sees them. */
export interface OwnDoor {
  /** Answers a request below their address. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** The cookie that opens the page of his factors to the browser of this seat; `undefined` where its holder may not use it. */
  admit(seat: string): Promise<string | undefined>;
  close(): Promise<void>;
}

const largestBody = 64 * 1024;

/** Opens the pages that are a holder's own: the one for his second factors, and the one that asks for his security key at sign-in. */
export async function openOwnDoor(parts: OwnDoorParts): Promise<OwnDoor> {
  const { webOrigin, sessions, builtIn, factors, pages, enrolments, house, events, clock, log } = parts;
  const secure = webOrigin.startsWith("https:");
  const browsers = new SeatBrowsers({ name: "wardkey_own", sameSite: "Strict", secure });
  const door = Fastify({ bodyLimit: largestBody });
  door.addHook("onRequest", async (_request, reply) => void reply.headers(ownHeaders));
  answerFailures(door, log);

  /** A question of our own page, and what fits it. */
  const accept = <Question extends z.ZodType, Answer extends z.ZodType>(
    route: OwnRoute<Question, Answer>,
    act: (question: z.output<Question>, request: IncomingMessage) => Promise<z.input<Answer>>,
  ) =>
    door.route({
      method: route.method,
      url: route.path,
      handler: async incoming => {
        fromOwnPage(incoming.raw, webOrigin);
        const question = fitting(route.question, route.method === "GET" ? incoming.query : incoming.body);
        return route.answer.parse(await act(question, incoming.raw));
      },
    });
  /** As `accept`, by a holder whose card is in; what changes something, with his PIN of the last minutes. */
  const acceptOwn = <Question extends z.ZodType, Answer extends z.ZodType>(
    route: OwnRoute<Question, Answer>,
    act: (session: Session, question: z.output<Question>) => Promise<z.input<Answer>>,
  ) =>
    accept(route, async (question, request) => {
      const asking = await byCard(request);
      const renewed = route.method === "POST" && (await freshlyProven(asking, ownApplication, parts));
      const { session } = renewed ? await byCard(request) : asking;
      return act(session, question);
    });
  const byCard = async (request: IncomingMessage) => {
    const who = await signedIn(request, { ...parts, browsers });
    if (!mayKeepFactors(who.session)) throw new Failure("second-factor-not-by-card");
    return who;
  };
  const mayKeepFactors = (session: Session) =>
    builtIn.applicationsOf(session).some(({ id }) => id === ownApplication.id);

  acceptOwn(ownRoutes.factors, async ({ holder }) => ({
    now: clock.now(),
    holder: { displayName: holder.displayName },
    factors: await factors.of(holder.id),
    keysPossible: factors.keysPossible,
  }));
  acceptOwn(ownRoutes.beginTotp, async session => factors.beginTotp(session));
  acceptOwn(ownRoutes.confirmTotp, async (session, { code }) => {
    await factors.confirmTotp(session, code);
    return {};
  });
  acceptOwn(ownRoutes.beginKey, async session => ({ options: { ...(await factors.beginKey(session)) } }));
  acceptOwn(ownRoutes.confirmKey, async (session, { name, response }) => {
    await factors.confirmKey(session, name, response);
    return {};
  });
  acceptOwn(ownRoutes.remove, async (session, { id }) => {
    await factors.remove(session, id);
    return {};
  });
  accept(keyRoutes.ask, async ({ page }) => {
    const { options, waiting } = await pages.ask(page);
    const workstation = await enrolments.byId(waiting.workstation);
    return {
      options: { ...options },
      holder: { displayName: waiting.proved.holder.displayName },
      workstationName: workstation?.name ?? "",
      placeName: placeOf(house, workstation?.place ?? "")?.name ?? "",
    };
  });
  accept(keyRoutes.answer, async ({ page, response }) => {
    await pages.answer(page, response);
    return {};
  });
  accept(keyRoutes.decline, async ({ page }) => {
    pages.decline(page);
    return {};
  });

  const files = readPageFiles("own");
  /** The secret stands where no server and no log sees it: behind the “#”. */
  door.get<{ Params: { ticket: string } }>(`${keyPagePath}/:ticket`, (request, reply) => {
    const secret = pages.redeem(request.params.ticket);
    return reply.redirect(secret === undefined ? keyPagePath : `${keyPagePath}#${secret}`, 303);
  });
  servePageFiles(door, ownBase, files);
  await door.ready();

  const stop = events.subscribe(event => event.type === "seat-lost" && browsers.forget(event.seat));
  return {
    answer: (request, response) => door.routing(request, response),
    async admit(seat) {
      const session = await sessions.openSeat(seat);
      if (session === undefined || !mayKeepFactors(session)) return undefined;
      return browsers.bind(seat, session.holder.id);
    },
    async close() {
      stop();
      await door.close();
    },
  };
}
