import type { ServerResponse } from "node:http";

const style =
  "body{font:18px/1.5 system-ui,sans-serif;background:#f4f6f7;color:#10262d;display:grid;place-items:center;min-height:100vh;margin:0}" +
  "main{max-width:34rem;padding:2.5rem}h1{font-size:1.6rem;margin:0 0 .6rem}p{margin:.4rem 0}p[lang=en]{color:#405860}" +
  "@media (prefers-color-scheme:dark){body{background:#0b1418;color:#e5eef0}p[lang=en]{color:#9fb4bb}}";

/** A plain page, no form: what to do at this workstation. */
export function sendRefusalPage(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
  response.end(
    `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Wardkey</title><style>${style}</style><main>` +
      "<h1>Insérez votre carte sur ce poste</h1><p>Cette application s’ouvre depuis le portail, carte insérée.</p>" +
      `<p lang="en">Insert your card at this workstation. This application opens from the portal.</p><p><small>${code}</small></p></main></html>`,
  );
}
