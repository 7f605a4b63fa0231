import { type Agent, request } from "node:https";
import type { z } from "zod";
import { Failure } from "../../../core/errors/failure.ts";
import { failureBody } from "../../../protocol/broker/failure-body.ts";

const limitMs = 5_000;
const largestAnswer = 1024 * 1024;

export interface BrokerRequest<Answer extends z.ZodType> {
  readonly origin: string;
  readonly agent: Agent;
  readonly path: string;
  /** Absent: GET. */
  readonly body?: object;
  readonly answer: Answer;
}

/** One request and its checked answer, within ten seconds at most. Rejects with the broker's own code, `broker-unreachable`, `broker-untrusted` or `broker-answer-malformed`. */
export async function askBroker<Answer extends z.ZodType>(asked: BrokerRequest<Answer>): Promise<z.output<Answer>> {
  const { status, text } = await send(asked).catch(problem => {
    // A kept connection that the broker closed meanwhile shows only when it is used (Node: request.reusedSocket).
    if (!(problem instanceof StaleConnection)) throw problem;
    return send(asked);
  });
  const body = parse(text);
  if (status === 200) {
    const parsed = asked.answer.safeParse(body);
    if (parsed.success) return parsed.data;
  } else {
    const refused = failureBody.safeParse(body);
    if (refused.success)
      throw new Failure(refused.data.code, { detail: `broker, ${refused.data.reference ?? "no reference"}` });
  }
  throw new Failure("broker-answer-malformed", { detail: `${asked.path}: status ${status}` });
}

class StaleConnection extends Error {}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send({ origin, agent, path, body }: BrokerRequest<z.ZodType>): Promise<{ status: number; text: string }> {
  const written = body === undefined ? undefined : JSON.stringify(body);
  const limit = AbortSignal.timeout(limitMs);
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, origin), {
      agent,
      method: written === undefined ? "GET" : "POST",
      headers:
        written === undefined
          ? {}
          : { "content-type": "application/json", "content-length": Buffer.byteLength(written) },
      signal: limit,
    });
    // Node tells an aborted request only when it has a connection, which one that waits for its connection has not.
    const expire = () => fail(limit.reason);
    limit.addEventListener("abort", expire);
    outgoing.once("close", () => limit.removeEventListener("abort", expire));
    const fail = (error: NodeJS.ErrnoException) => {
      if (outgoing.reusedSocket && error.code === "ECONNRESET") reject(new StaleConnection());
      else
        reject(
          error instanceof Failure ? error : new Failure("broker-unreachable", { detail: error.message, cause: error }),
        );
    };
    outgoing.once("error", fail);
    outgoing.once("response", incoming => {
      const pieces: Buffer[] = [];
      let length = 0;
      incoming.on("data", (piece: Buffer) => {
        length += piece.length;
        if (length > largestAnswer) incoming.destroy(new Error("answer too long"));
        else pieces.push(piece);
      });
      incoming.once("error", fail);
      incoming.once("end", () =>
        resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(pieces).toString("utf8") }),
      );
    });
    outgoing.end(written);
  });
}
