import { keyRoutes, type OwnFactors, ownBase, ownRoutes } from "../../protocol/broker/own/own-routes.ts";

/** One of the holder's own pages, with what the broker answers to it. */
export interface OwnView {
  readonly address: string;
  /** By the route's path; what is not here is refused. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** What is refused is refused so. */
  readonly code: string;
  /** Pressed before it is drawn (a CSS selector). */
  readonly press?: string;
  /** There once it can be drawn. */
  readonly shows: string;
}

const now = Date.now();
const days = (count: number) => count * 86_400_000;
const holder = { displayName: "Camille AUBERT" };
const nothing: OwnFactors = { now, holder, factors: [], keysPossible: true };
const both: OwnFactors = {
  ...nothing,
  factors: [
    { id: "f1", kind: "totp", registeredAt: now - days(40), usedAt: now - days(2) },
    { id: "f2", kind: "security-key", name: "trousseau", registeredAt: now - days(12) },
  ],
};
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const address = `otpauth://totp/Wardkey:Camille%20AUBERT?secret=${secret}&issuer=Wardkey&algorithm=SHA1&digits=6&period=30`;
const asked = {
  options: { challenge: "AAAA", rpId: "wardkey.hospital.example", allowCredentials: [] },
  holder,
  workstationName: "DOMICILE-07",
  placeName: "À domicile",
};
const factors = { address: ownBase, code: "session-unknown", shows: ".own" };
const key = { address: `${ownBase}key#the-secret-of-this-browser`, shows: '[data-step="refused"]' };

/** Every state of the holder's own pages, by name. */
export const ownViews: Readonly<Record<string, OwnView>> = {
  "own-nothing": { ...factors, answers: { [ownRoutes.factors.path]: nothing } },
  "own-both": { ...factors, answers: { [ownRoutes.factors.path]: both } },
  "own-no-domain": { ...factors, answers: { [ownRoutes.factors.path]: { ...nothing, keysPossible: false } } },
  "own-code": {
    ...factors,
    answers: { [ownRoutes.factors.path]: nothing, [ownRoutes.beginTotp.path]: { secret, address } },
    press: "#totp ~ button",
    shows: ".qr",
  },
  "own-away": { ...factors, answers: {}, shows: '[data-state="refused"]' },
  "own-key": { ...key, code: "second-factor-key-refused", answers: { [keyRoutes.ask.path]: asked } },
  "own-key-over": { ...key, code: "second-factor-over", answers: {} },
};
