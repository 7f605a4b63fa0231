import type { z } from "zod";
import { Failure } from "../../../core/errors/failure.ts";
import { type ConsoleRoute, consoleHeader } from "../../../protocol/broker/console/routes.ts";
import { failureBody } from "../../../protocol/broker/failure-body.ts";

/** Asks the broker, and believes only what fits the answer's schema. Rejects with the broker's `Failure`, or with the way's. */
export async function ask<Question extends z.ZodType, Answer extends z.ZodType>(
  { method, path, answer }: Pick<ConsoleRoute<Question, Answer>, "method" | "path" | "question" | "answer">,
  question: z.input<Question>,
  signal?: AbortSignal,
): Promise<z.output<Answer>> {
  const response = await send(method, path, question as object, signal);
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new Failure(failureBody.safeParse(body).data?.code ?? "broker-unreachable");
  const parsed = answer.safeParse(body);
  if (!parsed.success) throw new Failure("broker-answer-malformed", { cause: parsed.error });
  return parsed.data;
}

async function send(method: "GET" | "POST", path: string, question: object, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { [consoleHeader]: "1" };
  const query = new URLSearchParams(Object.entries(question).filter(([, value]) => value !== undefined));
  const address = method === "GET" && query.size > 0 ? `${path}?${query}` : path;
  const content = method === "POST" ? { body: JSON.stringify(question) } : {};
  if (method === "POST") headers["content-type"] = "application/json";
  try {
    return await fetch(address, { method, headers, ...content, ...(signal === undefined ? {} : { signal }) });
  } catch (problem) {
    throw new Failure("broker-unreachable", { cause: problem });
  }
}
