/** What a server means by a result code (RFC 4511 appendix A), in words for whoever looks after it. */
const words: Readonly<Record<number, string>> = {
  1: "the server could not do it (operationsError)",
  3: "the server's time limit is too short (timeLimitExceeded)",
  4: "the server gives only so many entries to this account: raise its size limit (sizeLimitExceeded)",
  8: "the server demands StartTLS or ldaps:// (strongerAuthRequired)",
  10: "the server refers to another one, which is not followed: name that one in the configuration (referral)",
  11: "the server's limit for this account is reached (adminLimitExceeded)",
  12: "the server does not know paged results (unavailableCriticalExtension)",
  13: "the server demands StartTLS or ldaps:// (confidentialityRequired)",
  18: "the server cannot compare an attribute of the filter (inappropriateMatching)",
  32: "there is no such entry, or this account may not see it (noSuchObject)",
  34: "that is no name of an entry (invalidDNSyntax)",
  48: "the server does not let this account sign in like this (inappropriateAuthentication)",
  49: "name or password of the account are wrong, or it is locked (invalidCredentials)",
  50: "this account may not read that (insufficientAccessRights)",
  51: "the server is busy (busy)",
  52: "the server is not in service (unavailable)",
  53: "the server does not want to (unwillingToPerform)",
};

export const success = 0;
export const invalidCredentials = 49;

/** `said`: the server's own diagnostic message, of which no more than its beginning is kept. */
export function resultInWords(code: number, said: string): string {
  const known = words[code] ?? `the server answers with result code ${code}`;
  const shown = said
    .replaceAll(/[\p{Cc} ]+/gu, " ")
    .trim()
    .slice(0, 200);
  return shown === "" ? known : `${known}: ${shown}`;
}
