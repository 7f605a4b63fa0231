import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import { consoleApplication } from "../../protocol/broker/console/console-application.ts";
import type { ConsoleRoute } from "../../protocol/broker/console/routes.ts";
import { fitting } from "../steps/fitting.ts";
import { type FreshlyProvenParts, freshlyProven } from "../steps/freshly-proven.ts";
import { fromOwnPage } from "../steps/from-own-page.ts";
import { inRole } from "../steps/in-role.ts";
import { type SignedIn, type SignedInParts, signedIn } from "../steps/signed-in.ts";

/** Takes one of the console's questions; `act` sees who asks, and what fits the question's schema. */
export type AcceptConsoleRoute = <Question extends z.ZodType, Answer extends z.ZodType>(
  route: ConsoleRoute<Question, Answer>,
  act: (who: SignedIn, question: z.output<Question>, gone: AbortSignal) => Promise<z.input<Answer>>,
) => void;

/** Every question passes the same steps, in this order; the first that says no ends it. */
export function consoleRouteOn(
  door: FastifyInstance,
  origin: string,
  parts: SignedInParts & FreshlyProvenParts,
): AcceptConsoleRoute {
  return (route, act) => {
    door.route({
      method: route.method,
      url: route.path,
      ...(route.largestBody === undefined ? {} : { bodyLimit: route.largestBody }),
      handler: async (incoming, reply) => {
        fromOwnPage(incoming.raw, origin);
        const asking = await signedIn(incoming.raw, parts);
        inRole(asking.roles, route.roles);
        const question = fitting(route.question, route.method === "GET" ? incoming.query : incoming.body);
        const renewed = route.needsPin === true && (await freshlyProven(asking, consoleApplication, parts));
        const who = renewed ? await signedIn(incoming.raw, parts) : asking;
        const gone = new AbortController();
        reply.raw.once("close", () => gone.abort());
        return route.answer.parse(await act(who, question, gone.signal));
      },
    });
  };
}
