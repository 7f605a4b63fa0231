import { parentPort, workerData } from "node:worker_threads";
import { type ListRequest, readList } from "./read-list.ts";

/** Runs as a thread: reads one list and hands its bytes and their index back, not copied. */
const answer = readList(workerData as ListRequest);
parentPort?.postMessage(answer, "list" in answer ? [answer.list.der.buffer, answer.list.index.slots.buffer] : []);
