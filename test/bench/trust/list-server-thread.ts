import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parentPort, workerData } from "node:worker_threads";

/** A thread that serves one list by HTTP, so that serving it does not count as taking it in. Tells its port; any message ends it. */
const server = createServer((_request, response) => response.end(workerData as Uint8Array));
server.listen(0, "127.0.0.1", () => parentPort?.postMessage((server.address() as AddressInfo).port));
parentPort?.once("message", () => {
  server.closeAllConnections();
  server.close();
});
