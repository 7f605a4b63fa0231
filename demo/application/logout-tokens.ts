import { createRemoteJWKSet, jwtVerify } from "jose";

export interface LogoutToken {
  readonly sid: string;
}

const event = "http://schemas.openid.net/event/backchannel-logout";

/** Checks logout tokens by OpenID Connect Back-Channel Logout 1.0, section 2.6; each is good once. */
export function logoutTokenVerifier(
  issuer: string,
  clientId: string,
  jwksUri: string,
): (token: string) => Promise<LogoutToken> {
  const keys = createRemoteJWKSet(new URL(jwksUri));
  const seen = new Set<string>();
  return async token => {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: clientId,
      algorithms: ["ES256"],
      typ: "logout+jwt",
      requiredClaims: ["iat", "jti", "events", "sid"],
      maxTokenAge: "2 minutes",
    });
    const { sid, jti, events } = payload;
    const isLogout = typeof events === "object" && events !== null && event in events;
    if (!isLogout || typeof sid !== "string" || "nonce" in payload || jti === undefined || seen.has(jti))
      throw new Error("no logout token");
    seen.add(jti);
    return { sid };
  };
}
