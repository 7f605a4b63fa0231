import type { Language } from "../../core/language.ts";

/** Sets what these pages may do: show themselves. */
export const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

const style =
  "body{font:18px/1.5 system-ui,sans-serif;background:#f4f6f7;color:#10262d;display:grid;place-items:center;min-height:100vh;margin:0}" +
  "main{max-width:34rem;padding:2.5rem}h1{font-size:1.6rem;margin:0 0 .6rem}p{margin:.4rem 0}a{color:inherit}" +
  "button{font:inherit;font-weight:600;min-height:48px;padding:.6rem 1.4rem;margin:1.2rem 0 .4rem;border:0;border-radius:10px;background:#0b6b75;color:#fff;cursor:pointer}" +
  "button:focus-visible{outline:3px solid #10262d;outline-offset:3px}" +
  "@media (prefers-color-scheme:dark){body{background:#0b1418;color:#e5eef0}button{background:#7fd3dc;color:#0b1418}button:focus-visible{outline-color:#e5eef0}}";

/** A plain page of the web door, without script: what happened or is about to, and what to do. */
export function page(language: Language, title: string, body: string): string {
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Wardkey</title><style>${style}</style><main><h1>${title}</h1>${body}</main></html>`;
}

export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
