import { readFile, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Failure } from "../../core/errors/failure.ts";
import { fetchHttp } from "./fetch-http.ts";
import { fetchLdap } from "./fetch-ldap.ts";
import type { FetchAnswer, FetchLimits, Validators } from "./fetch-limits.ts";

/** What a source has now. A directory cannot be asked whether a value has changed. Rejects as the ways of fetching do. */
export async function fetchSource(address: string, known: Validators, limits: FetchLimits): Promise<FetchAnswer> {
  const { protocol } = new URL(address);
  switch (protocol) {
    case "http:":
    case "https:":
      return fetchHttp(address, known, limits);
    case "ldap:":
    case "ldaps:":
      return { kind: "changed", bytes: new Uint8Array(await fetchLdap(address, limits)), validators: {} };
    case "file:":
      return fetchFile(address, known, limits);
    default:
      throw new Failure("revocation-source-unreachable", { detail: `${address}: not fetched` });
  }
}

/** A file's time and length stand for its entity tag. */
export async function fetchFile(address: string, known: Validators, limits: FetchLimits): Promise<FetchAnswer> {
  const path = fileURLToPath(address);
  try {
    const { mtimeMs, size } = await stat(path);
    const entityTag = `${mtimeMs} ${size}`;
    if (known.entityTag === entityTag) return { kind: "unchanged" };
    if (size > limits.largestBytes)
      throw new Failure("revocation-data-unreadable", { detail: `${address}: more than ${limits.largestBytes} bytes` });
    return { kind: "changed", bytes: new Uint8Array(await readFile(path)), validators: { entityTag } };
  } catch (problem) {
    if (problem instanceof Failure) throw problem;
    throw new Failure("revocation-source-unreachable", { detail: `${address}: ${String(problem)}`, cause: problem });
  }
}
