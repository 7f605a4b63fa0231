import type { ServerResponse } from "node:http";
import { escaped, page, pageHeaders } from "./page.ts";

/** Where to type the PIN. It goes on by itself to `next`, a path of ours that answers when there is something to answer. */
export function sendStepUpPage(response: ServerResponse, application: string, next: string): void {
  const name = escaped(application);
  response.writeHead(200, { ...pageHeaders, refresh: `0;url=${next}` });
  response.end(
    page(
      "Tapez votre code dans la fenêtre Wardkey de ce poste",
      `<p>« ${name} » demande à nouveau votre code. Cette page continue d’elle-même.</p>` +
        `<p lang="en">Type your PIN on the Wardkey window of this workstation. “${name}” asks for it again; this page goes on by itself.</p>` +
        `<p><a href="${next}">Continuer · <span lang="en">Continue</span></a></p>`,
    ),
  );
}
