import { Worker } from "node:worker_threads";
import { Failure } from "../../core/errors/failure.ts";
import { type Authority, type ListAnswer, type ListRequest, type PreparedList, readList } from "./read-list.ts";

/** Below this a list is read faster than a thread starts. */
const smallBytes = 128 * 1024;

/**
 * Reads, verifies and indexes a list, in a thread of its own where it is large, so that no sign-in waits. Rejects with
 * `revocation-data-unreadable`. `der` is handed over: it must not be used afterwards.
 */
export async function prepareList(
  der: Uint8Array<ArrayBuffer>,
  authorities: readonly Authority[],
): Promise<PreparedList> {
  const answer = der.length <= smallBytes ? readList({ der, authorities }) : await inThread({ der, authorities });
  if ("problem" in answer) throw new Failure("revocation-data-unreadable", { detail: answer.problem });
  return answer.list;
}

function inThread(request: ListRequest): Promise<ListAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./list-thread.ts", import.meta.url), {
      workerData: request,
      transferList: [request.der.buffer],
    });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", code => reject(new Error(`the list's thread ended with ${code}`)));
  });
}
