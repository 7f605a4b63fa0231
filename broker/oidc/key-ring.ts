import { generateKeyPairSync, randomBytes } from "node:crypto";
import { z } from "zod";

/** A private signing key, as RFC 7517 writes it. */
const privateJwk = z.looseObject({ kty: z.enum(["EC", "RSA"]), kid: z.string().min(1) });
export type PrivateJwk = z.infer<typeof privateJwk>;

const retired = z.object({ key: privateJwk, retiredAt: z.number() });

/** One kind of signing key: the next one is published before anything is signed with it, retired ones until what they signed is old. */
const succession = z.object({ current: privateJwk, next: privateJwk, retired: z.array(retired) });

const cookieKey = z.object({ secret: z.string().min(32), retiredAt: z.number().optional() });

/** The provider's own keys. Times are milliseconds since 1970. */
export const keyRing = z.object({
  /** Since when the current keys are in use. */
  since: z.number(),
  /** For ES256: cheaper than RSA by far. */
  ec: succession,
  /** For RS256 and PS256, which old software wants. */
  rsa: succession,
  /** The first signs, the others are still believed. */
  cookies: z.array(cookieKey).min(1),
  /** Pairwise subjects come from it: it never changes. */
  pairwise: z.string().min(32),
  /** 32 bytes, base64url, for DPoP nonces. */
  dpopNonce: z.string().length(43),
});
export type KeyRing = z.infer<typeof keyRing>;

type Succession = z.infer<typeof succession>;
type Kind = "EC" | "RSA";

export function newKeyRing(now: number): KeyRing {
  return {
    since: now,
    ec: { current: newKey("EC"), next: newKey("EC"), retired: [] },
    rsa: { current: newKey("RSA"), next: newKey("RSA"), retired: [] },
    cookies: [newCookieKey()],
    pairwise: randomBytes(32).toString("base64url"),
    dpopNonce: randomBytes(32).toString("base64url"),
  };
}

/** The published keys come into use, new ones are published, and those in use until now stay published for `keepMs`. */
export function rotated(ring: KeyRing, now: number, keepMs: number): KeyRing {
  const isFresh = ({ retiredAt = now }: { readonly retiredAt?: number | undefined }) => now - retiredAt < keepMs;
  const succeed = ({ current, next, retired: before }: Succession, kind: Kind): Succession => ({
    current: next,
    next: newKey(kind),
    retired: [{ key: current, retiredAt: now }, ...before.filter(isFresh)],
  });
  const cookies = ring.cookies.map(({ secret, retiredAt = now }) => ({ secret, retiredAt })).filter(isFresh);
  return {
    ...ring,
    since: now,
    ec: succeed(ring.ec, "EC"),
    rsa: succeed(ring.rsa, "RSA"),
    cookies: [newCookieKey(), ...cookies],
  };
}

/** Every signing key to publish; of each kind the one in use comes first, since the provider signs with the first that fits. */
export function publishedKeys(ring: KeyRing, now: number, keepMs: number): PrivateJwk[] {
  return [ring.ec, ring.rsa].flatMap(({ current, next, retired: before }) => [
    current,
    next,
    ...before.filter(({ retiredAt }) => now - retiredAt < keepMs).map(({ key }) => key),
  ]);
}

function newKey(kind: Kind): PrivateJwk {
  const { privateKey } =
    kind === "EC"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kty: kind, use: "sig", kid: randomBytes(8).toString("hex") };
}

function newCookieKey(): { secret: string } {
  return { secret: randomBytes(32).toString("hex") };
}
