import { Worker } from "node:worker_threads";
import { type CertificateList, readCertificateList } from "../../core/certificate/certificate-list.ts";
import type { SignatureMemory } from "../../core/certificate/path/signature-memory.ts";
import { Failure } from "../../core/errors/failure.ts";
import { type ListAnswer, type ListRequest, readList } from "./read-list.ts";

/** A list that one of our authorities signed, ready for verdicts. */
export interface PreparedList {
  readonly list: CertificateList;
  readonly der: Uint8Array<ArrayBuffer>;
  /** Milliseconds since 1970. */
  readonly nextUpdate: number;
}

/** Below this a list is read faster than a thread starts. */
const smallBytes = 128 * 1024;

/**
 * Reads, verifies and indexes a list, in a thread of its own where it is large, so that no sign-in waits; what the thread found out
 * of its signature is told to `memory`, so that nobody hashes the list again. Rejects with `revocation-data-unreadable`. The
 * request's bytes are handed over: they must not be used afterwards.
 */
export async function prepareList(request: ListRequest, memory: SignatureMemory): Promise<PreparedList> {
  const answer = request.bytes.length <= smallBytes ? readList(request) : await inThread(request);
  if ("problem" in answer) throw new Failure("revocation-data-unreadable", { detail: answer.problem });
  const { der, index, nextUpdate, signatures } = answer.list;
  const list = readCertificateList(der, index);
  memory.learn(list, signatures);
  return { list, der, nextUpdate };
}

function inThread(request: ListRequest): Promise<ListAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./list-thread.ts", import.meta.url), {
      workerData: request,
      transferList: [request.bytes.buffer],
    });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", code => reject(new Error(`the list's thread ended with ${code}`)));
  });
}
