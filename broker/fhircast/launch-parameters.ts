import type { KoaContextWithOIDC } from "oidc-provider";
import type { Session } from "../../core/session/session.ts";
import type { FhircastHub } from "./hub.ts";

/**
 * Where the hub is and which topic is the session's, beside the access token, as SMART on FHIR gives launch parameters (FHIRcast
 * STU3, section 2.1): for tokens that may read an event of it.
 */
export async function addLaunchParameters(
  ctx: KoaContextWithOIDC,
  hub: FhircastHub,
  hubUrl: string,
  openSession: (id: string) => Promise<Session | undefined>,
): Promise<void> {
  const answer = ctx.body as { readonly scope?: string; readonly access_token?: string } | undefined;
  const accountId = ctx.oidc.entities.AccessToken?.accountId;
  if (answer?.access_token === undefined || accountId === undefined) return;
  if (answer.scope?.toLowerCase().includes("fhircast/") !== true) return;
  const seat = (await openSession(accountId))?.seat;
  if (seat !== undefined) ctx.body = { ...answer, "hub.url": hubUrl, "hub.topic": hub.topicOf(seat.id) };
}
