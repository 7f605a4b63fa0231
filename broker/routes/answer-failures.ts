import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { asFailure, Failure } from "../../core/errors/failure.ts";
import type { Log } from "../../core/ports/log.ts";

/** Answers what a door's routes throw: the code and a reference leave, the rest stays in the log. */
export function answerFailures(door: FastifyInstance, log: Log): void {
  door.setErrorHandler((thrown, _request, reply) => {
    const failure = isBadRequest(thrown) ? new Failure("request-malformed", { cause: thrown }) : asFailure(thrown);
    const reference = randomUUID();
    log.warn("request-refused", {
      code: failure.code,
      reference,
      detail: failure.code === "internal" ? String(failure.cause) : undefined,
    });
    void reply.status(statusOf(failure)).send({ code: failure.code, reference });
  });
}

function isBadRequest(thrown: unknown): boolean {
  return typeof thrown === "object" && thrown !== null && "statusCode" in thrown && Number(thrown.statusCode) < 500;
}

function statusOf(failure: Failure): number {
  switch (failure.code) {
    case "request-malformed":
      return 400;
    case "workstation-unknown":
    case "enrolment-code-wrong":
      return 401;
    case "internal":
      return 500;
    case "trail-unavailable":
      return 503;
    default:
      return 403;
  }
}
