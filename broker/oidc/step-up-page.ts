import type { ServerResponse } from "node:http";
import { escaped, page, pageHeaders } from "./page.ts";
import { pageWords } from "./page-words.ts";

/** Where to type the PIN. It goes on by itself to `next`, a path of ours that answers when there is something to answer. */
export function sendStepUpPage(response: ServerResponse, application: string, next: string): void {
  const { language, words } = pageWords(response);
  response.writeHead(200, { ...pageHeaders, refresh: `0;url=${next}` });
  response.end(
    page(
      language,
      words.typePin,
      `<p>${words.pinAskedBy(escaped(application))}</p><p><a href="${next}">${words.next}</a></p>`,
    ),
  );
}
