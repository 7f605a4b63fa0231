import type { ApplicationProfile } from "./application-profile.ts";

/** Who the identity provider says is there. */
export interface SignedInHolder {
  readonly name: string;
  readonly subjectNameId: string;
  readonly role: string;
  readonly organization: string;
  readonly acr: string;
  readonly amr: readonly string[];
  readonly signedInAt: number;
  readonly means: string;
  readonly place: string;
  readonly workstation: string;
}

const escaped = (text: string) => text.replaceAll(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);

export const stylesheet = `
*{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,"Segoe UI",sans-serif;background:#f3f6f7;color:#10262d}
header{background:hsl(var(--hue) 60% 24%);color:#fff;padding:1rem 1.5rem;display:flex;justify-content:space-between;gap:1rem;align-items:center}
header h1{margin:0;font-size:1.35rem}header p{margin:0;font-size:1.1rem;font-weight:600;text-align:right}header small{display:block;font-weight:400;opacity:.9}
main{padding:1.5rem;max-width:70rem;margin:auto}table{width:100%;border-collapse:collapse;background:#fff;border-radius:10px;overflow:hidden;box-shadow:0 1px 3px #0002}
th,td{text-align:left;padding:.75rem 1rem;border-bottom:1px solid #e2e9eb}th{background:hsl(var(--hue) 40% 94%);font-weight:600}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.2rem;background:#fff;border-radius:10px;padding:1rem 1.2rem;box-shadow:0 1px 3px #0002}
dt{color:#47606a}dd{margin:0;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}.note{color:#47606a}
.closed{display:grid;place-items:center;min-height:100vh;text-align:center;padding:2rem}.closed h1{font-size:1.8rem;margin:0 0 .5rem}`;

function frame(profile: ApplicationProfile, body: string): string {
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(profile.name)}</title><link rel="stylesheet" href="/style.css"></head><body>${body}</body></html>`;
}

/** The application as its holder sees it. */
export function holderPage(profile: ApplicationProfile, holder: SignedInHolder): string {
  const facts: readonly (readonly [string, string])[] = [
    ["Identifiant (SubjectNameID)", holder.subjectNameId],
    ["Rôle (SubjectRole)", holder.role],
    ["Structure (SubjectOrganization)", holder.organization],
    ["acr", holder.acr],
    ["amr", holder.amr.join(" ")],
    ["auth_time", new Date(holder.signedInAt * 1000).toISOString()],
    ["Moyen", holder.means],
    ["Lieu", holder.place],
    ["Poste", holder.workstation],
  ];
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map(cell => `<${tag}>${escaped(cell)}</${tag}>`).join("")}</tr>`;
  return frame(
    profile,
    `<header><h1>${escaped(profile.name)}</h1><p id="holder">${escaped(holder.name)}<small>connecté par la carte, sans nouveau code</small></p></header>` +
      `<main><table><thead>${row(profile.columns, "th")}</thead><tbody>${profile.rows.map(cells => row(cells, "td")).join("")}</tbody></table>` +
      `<h2>Ce que l’application a reçu de Wardkey</h2><dl>${facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd data-claim="${escaped(name)}">${escaped(value)}</dd>`).join("")}</dl>` +
      `<p class="note">Démonstration : les patients n’existent pas.</p></main><script src="/watch.js"></script>`,
  );
}

/** Nobody is signed in: the card has gone, or nobody came by the portal. */
export function closedPage(profile: ApplicationProfile): string {
  return frame(
    profile,
    `<div class="closed" id="closed"><div><h1>${escaped(profile.name)} : session fermée</h1><p>La carte a été retirée, ou la session s’est terminée.<br>Session closed: the card was removed.</p></div></div>`,
  );
}

/** The provider said no; `error` as OAuth names it, `again` the address that signs in anew. */
export function refusedPage(profile: ApplicationProfile, error: string, again: string): string {
  return frame(
    profile,
    `<div class="closed" id="refused"><div><h1>${escaped(profile.name)} : accès non accordé</h1><p>Le code de la carte n’a pas été donné.<br>Access not granted: the card’s PIN was not given.</p><p><a id="again" href="${escaped(again)}">Réessayer · Try again</a></p><p><small>${escaped(error)}</small></p></div></div>`,
  );
}

/** Goes to the closed page as soon as the server says that the session is over. */
export const watchScript = `new EventSource("/events").addEventListener("closed", () => location.replace("/"));`;
