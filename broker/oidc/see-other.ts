import type { ServerResponse } from "node:http";

/** Sends the browser on by GET; `cookie` binds it, where it is bound by this. */
export function seeOther(response: ServerResponse, location: string, cookie?: string): void {
  response.writeHead(303, {
    location,
    ...(cookie === undefined ? {} : { "set-cookie": cookie }),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
  });
  response.end();
}
