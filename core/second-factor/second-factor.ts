/**
 * With what a holder proves himself beside his card or password, where one proof is not enough: a one-time code of an authenticator
 * application (RFC 6238), or a security key (WebAuthn).
 */
export const allSecondFactors = ["totp", "security-key"] as const;
export type SecondFactor = (typeof allSecondFactors)[number];
