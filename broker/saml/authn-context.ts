import type { Means } from "../../core/session/means.ts";
import type { AuthnRequest } from "./authn-request.ts";

const classes = "urn:oasis:names:tc:SAML:2.0:ac:classes:";

/** What each means is among the classes of saml-authn-context-2.0-os, section 3.4. */
const classOfMeans: Readonly<Record<Means, string>> = {
  // "A principal authenticates to an authentication authority through a two-factor mechanism using a smartcard with enclosed private key and a PIN."
  "card-pin": `${classes}SmartcardPKI`,
  // The card without its PIN: one factor.
  "card-presence": `${classes}Smartcard`,
  // A card that was seen proves nothing, and neither does a glass broken in an emergency.
  "card-seen": `${classes}unspecified`,
  // The holder's own phone, registered by contract, and his code on it.
  federated: `${classes}MobileTwoFactorContract`,
  "temporary-password": `${classes}PasswordProtectedTransport`,
  "directory-password": `${classes}PasswordProtectedTransport`,
  "break-glass": `${classes}unspecified`,
};

/** From the weakest to the strongest, for requests that compare; classes that are not here compare with nothing. */
const ascending: readonly (readonly string[])[] = [
  [`${classes}unspecified`],
  [`${classes}Password`],
  [`${classes}PasswordProtectedTransport`],
  [`${classes}Smartcard`, `${classes}MobileTwoFactorContract`, `${classes}X509`, `${classes}SoftwarePKI`],
  [`${classes}SmartcardPKI`],
];

export function classOf(means: Means): string {
  return classOfMeans[means];
}

/**
 * Whether the sign-in that there is satisfies what the request asks of it (saml-core-2.0-os, section 3.3.2.2.1): a fresh one never,
 * since the browser has nothing to prove the holder with.
 */
export function satisfies(
  means: Means,
  { forceAuthn, context }: Pick<AuthnRequest, "forceAuthn" | "context">,
): boolean {
  if (forceAuthn) return false;
  if (context === undefined) return true;
  const given = classOf(means);
  if (context.comparison === "exact") return context.classes.includes(given);
  const level = levelOf(given);
  const asked = context.classes.map(levelOf).filter(known => known >= 0);
  switch (context.comparison) {
    case "minimum":
      return asked.some(least => level >= least);
    case "maximum":
      return asked.some(most => level <= most);
    case "better":
      return asked.length === context.classes.length && asked.every(other => level > other);
    default:
      return context.comparison satisfies never;
  }
}

function levelOf(name: string): number {
  return ascending.findIndex(names => names.includes(name));
}
