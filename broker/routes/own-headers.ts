import { consoleHeaders } from "./console-headers.ts";

/** As the console's; a security key is asked for by a page of ours alone (WebAuthn Level 3, section 5.9). */
export const ownHeaders: Readonly<Record<string, string>> = {
  ...consoleHeaders,
  "permissions-policy": `${consoleHeaders["permissions-policy"]}, publickey-credentials-get=(self), publickey-credentials-create=(self)`,
};
