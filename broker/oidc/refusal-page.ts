import type { ServerResponse } from "node:http";
import { page, pageHeaders } from "./page.ts";

/** No form: what to do at this workstation. */
export function sendRefusalPage(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, pageHeaders);
  response.end(
    page(
      "Insérez votre carte sur ce poste",
      "<p>Cette application s’ouvre depuis le portail, carte insérée.</p>" +
        `<p lang="en">Insert your card at this workstation. This application opens from the portal.</p><p><small>${code}</small></p>`,
    ),
  );
}
