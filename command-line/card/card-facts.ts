import { toHex } from "../../core/bytes/hex.ts";
import { interfaceOf } from "../../core/card/card-interface.ts";
import { type FailureCode, failureCatalogue } from "../../core/errors/catalogue.ts";
import { type HolderIdentity, readHolderIdentity } from "../../core/identity/holder-identity.ts";
import { identityProfiles } from "../../core/identity/identity-profiles.ts";
import type { CardInspection } from "../../protocol/card-host/inspection.ts";
import { type CertificateFacts, certificateFacts, readLeniently } from "./certificate-facts.ts";

/** A card as `wardkey card --json` tells of it. */
export interface CardFacts {
  readonly reader: string;
  readonly atr?: string;
  readonly interface?: "contact" | "contactless";
  readonly protocol?: "T=0" | "T=1";
  readonly family?: string;
  readonly cardId?: string;
  /** As the certificate that signs in says, or the presence certificate where there is none, by the first rules that name anybody. */
  readonly holder?: HolderIdentity & { readonly rules: string };
  readonly certificates: readonly CertificateFacts[];
  readonly pin?: NonNullable<CardInspection["pin"]>;
  readonly steps: CardInspection["steps"];
  /** Of all steps. */
  readonly commands: number;
  readonly milliseconds: number;
  /** What is wrong with it, each with its remedy. */
  readonly problems: readonly CardProblem[];
}

export interface CardProblem {
  readonly code: FailureCode;
  readonly remedy: string;
  readonly detail?: string;
}

/** `now` in milliseconds since 1970. */
export function cardFacts(reader: string, inspection: CardInspection, now: number): CardFacts {
  const { atr, protocol, family, cardId, certificates, pin, steps } = inspection;
  const holder = holderOf(certificates);
  return {
    reader,
    ...(atr === undefined ? {} : { atr: toHex(atr), interface: interfaceOf(atr) }),
    ...(protocol === undefined ? {} : { protocol }),
    ...(family === undefined ? {} : { family }),
    ...(cardId === undefined ? {} : { cardId }),
    ...(holder === undefined ? {} : { holder }),
    certificates: certificates.map(shown => certificateFacts(shown, now)),
    ...(pin === undefined ? {} : { pin }),
    steps: steps.map(step => ({ ...step, milliseconds: tenths(step.milliseconds) })),
    commands: steps.reduce((sum, { commands }) => sum + commands, 0),
    milliseconds: tenths(steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
    problems: problemsOf(inspection),
  };
}

function holderOf(certificates: CardInspection["certificates"]): CardFacts["holder"] {
  const shown = certificates.find(({ use }) => use === "sign-in") ?? certificates.find(({ use }) => use === "presence");
  const certificate = shown === undefined ? undefined : readLeniently(shown.certificate);
  if (certificate === undefined) return undefined;
  for (const profile of Object.values(identityProfiles)) {
    const identity = readHolderIdentity(certificate, profile);
    if (identity !== undefined) return { rules: profile.name, ...identity };
  }
  return undefined;
}

/** Failures of its steps, and what bars signing in. That a contactless interface has no PIN is as it should be. */
export function problemsOf({ steps, pin, atr, certificates }: CardInspection): CardProblem[] {
  const isContactless = atr !== undefined && interfaceOf(atr) === "contactless";
  const failed = steps.flatMap(({ code, detail }) =>
    code === undefined || (code === "card-without-pin" && isContactless) ? [] : [problem(code, detail)],
  );
  const isBlocked = pin?.triesLeft === 0;
  const isBare = failed.length === 0 && !certificates.some(({ use }) => use !== undefined);
  return [
    ...failed,
    ...(isBlocked ? [problem("pin-blocked")] : []),
    ...(isBare ? [problem("card-without-certificate")] : []),
  ];
}

function problem(code: FailureCode, detail?: string): CardProblem {
  return { code, remedy: failureCatalogue[code].remedy, ...(detail === undefined ? {} : { detail }) };
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
