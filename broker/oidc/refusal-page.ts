import type { ServerResponse } from "node:http";
import { page, pageHeaders } from "./page.ts";
import { pageWords } from "./page-words.ts";

/** No form: what to do at this workstation. */
export function sendRefusalPage(response: ServerResponse, status: number, code: string): void {
  const { language, words } = pageWords(response);
  response.writeHead(status, pageHeaders);
  response.end(page(language, words.insertCard, `<p>${words.fromPortal}</p><p><small>${code}</small></p>`));
}
