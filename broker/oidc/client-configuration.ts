import { z } from "zod";

/** A relying party of the broker's OpenID Provider, as OpenID Connect names its metadata. */
export const clientConfiguration = z.strictObject({
  clientId: z.string().min(1).max(100),
  clientSecret: z.string().min(32),
  redirectUris: z.array(z.url()).min(1),
  postLogoutRedirectUris: z.array(z.url()).default([]),
  /** OpenID Connect Back-Channel Logout 1.0; called when the seat is covered, lost or ended. */
  backchannelLogoutUri: z.url(),
});
export type ClientConfiguration = z.infer<typeof clientConfiguration>;
