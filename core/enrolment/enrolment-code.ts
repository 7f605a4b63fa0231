/**
 * The one-time code that an administrator hands to whoever sets a workstation up. It carries a secret that the broker
 * knows, and the fingerprint of the broker's key, so that the workstation knows whom it talks to before it says anything.
 */
export interface EnrolmentCode {
  /** 160 random bits, base64url. */
  readonly secret: string;
  /** SHA-256 of the broker's DER SubjectPublicKeyInfo, base64url. */
  readonly brokerKey: string;
}

const form = /^wk1\.([A-Za-z0-9_-]{27})\.([A-Za-z0-9_-]{43})$/;

export function formatEnrolmentCode(code: EnrolmentCode): string {
  return `wk1.${code.secret}.${code.brokerKey}`;
}

/** `undefined` for anything that is not a whole code; surrounding blanks are forgiven. */
export function parseEnrolmentCode(text: string): EnrolmentCode | undefined {
  const [, secret, brokerKey] = form.exec(text.trim()) ?? [];
  return secret === undefined || brokerKey === undefined ? undefined : { secret, brokerKey };
}
