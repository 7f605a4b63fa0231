import type { IncomingMessage } from "node:http";
import { Failure } from "../../core/errors/failure.ts";
import { consoleHeader } from "../../protocol/broker/console/routes.ts";

/**
 * Only a page of the console's own origin may ask: a browser lets no other page set our header without asking us first, and we
 * never allow it (Fetch standard, CORS-preflight); what changes something also has to name its origin. Throws `request-foreign`.
 */
export function fromOwnPage({ headers, method }: IncomingMessage, origin: string): void {
  const named = headers.origin;
  const isOurs = named === undefined ? method === "GET" : named === new URL(origin).origin;
  if (headers[consoleHeader] === undefined || !isOurs)
    throw new Failure("request-foreign", { detail: `from ${named ?? "no origin"}` });
}
