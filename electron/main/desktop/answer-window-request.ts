import { windowAddress } from "../../ipc/channels.ts";
import type { WindowFile } from "../kiosk/window-files.ts";
import { windowHeaders } from "../kiosk/window-security.ts";

/** Answers one request of the window's own scheme from the files read at start. The page may connect to nothing. */
export function answerWindowRequest(files: ReadonlyMap<string, WindowFile>, url: string): Response {
  const headers = windowHeaders("'none'");
  const file = url.startsWith(windowAddress) ? files.get(new URL(url).pathname) : undefined;
  if (file === undefined) return new Response(null, { status: 404, headers });
  return new Response(new Uint8Array(file.body), { headers: { ...headers, "content-type": file.mediaType } });
}
