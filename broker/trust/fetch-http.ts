import { type ClientRequest, type IncomingMessage, type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { Failure } from "../../core/errors/failure.ts";
import { endOf, type FetchAnswer, type FetchLimits, type Validators } from "./fetch-limits.ts";
import { GatheredBytes } from "./gathered-bytes.ts";

const mostRedirects = 3;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * A conditional GET. Rejects with `revocation-source-unreachable` where the source does not answer with 200 or 304 in time, and
 * with `revocation-data-unreadable` where it sends more than the limit.
 */
export async function fetchHttp(address: string, known: Validators, limits: FetchLimits): Promise<FetchAnswer> {
  const signal = endOf(limits);
  const headers = {
    ...(known.entityTag === undefined ? {} : { "if-none-match": known.entityTag }),
    ...(known.lastModified === undefined ? {} : { "if-modified-since": known.lastModified }),
  };
  let url = new URL(address);
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const answer = await ask(url, { method: "GET", headers, signal });
    const { statusCode = 0, headers: told } = answer;
    if (statusCode === 304) {
      answer.destroy();
      return { kind: "unchanged" };
    }
    if (!redirects.has(statusCode) || told.location === undefined) {
      const bytes = await bodyOf(answer, url, limits);
      return { kind: "changed", bytes, validators: { entityTag: told.etag, lastModified: told["last-modified"] } };
    }
    answer.destroy();
    url = new URL(told.location, url);
  }
  throw new Failure("revocation-source-unreachable", { detail: `${address}: more than ${mostRedirects} redirects` });
}

/** A POST whose answer is not kept by anybody between. Rejects as `fetchHttp` does; redirects are not followed. */
export async function postHttp(
  address: string,
  contentType: string,
  body: Uint8Array,
  limits: FetchLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(address);
  const headers = { "content-type": contentType, "content-length": body.length };
  const answer = await ask(url, { method: "POST", headers, signal: endOf(limits) }, body);
  return bodyOf(answer, url, limits);
}

function ask(url: URL, options: RequestOptions, body?: Uint8Array): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const unreachable = (cause: unknown) =>
      reject(new Failure("revocation-source-unreachable", { detail: `${url.href}: ${String(cause)}`, cause }));
    // A connection of its own: sources are asked hours apart.
    const settings = { ...options, agent: false };
    let request: ClientRequest;
    if (url.protocol === "http:") request = requestHttp(url, settings);
    else if (url.protocol === "https:") request = requestHttps(url, settings);
    else return unreachable(`${url.protocol} is not fetched`);
    request.once("error", unreachable);
    request.once("response", resolve);
    request.end(body);
  });
}

async function bodyOf(
  answer: IncomingMessage,
  url: URL,
  { largestBytes }: FetchLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  const { statusCode, headers } = answer;
  if (statusCode !== 200) {
    answer.destroy();
    throw new Failure("revocation-source-unreachable", { detail: `${url.href}: status ${statusCode}` });
  }
  const tooLarge = new Failure("revocation-data-unreadable", {
    detail: `${url.href}: more than ${largestBytes} bytes`,
  });
  const told = Number(headers["content-length"] ?? 0);
  if (told > largestBytes) {
    answer.destroy();
    throw tooLarge;
  }
  const gathered = new GatheredBytes(told);
  try {
    for await (const part of answer) {
      if (gathered.length + part.length > largestBytes) throw tooLarge;
      gathered.add(part);
    }
  } catch (problem) {
    if (problem === tooLarge) throw problem;
    throw new Failure("revocation-source-unreachable", { detail: `${url.href}: ${String(problem)}`, cause: problem });
  }
  return gathered.take();
}
