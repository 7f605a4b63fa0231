import type { CardFacts } from "../card/card-facts.ts";
import type { CertificateFacts } from "../card/certificate-facts.ts";
import { type Facts, readerProduct } from "./facts.ts";
import { type Finding, finding } from "./finding.ts";
import type { FindingCode } from "./finding-catalogue.ts";

/** Longer than a slow card's slowest step; somebody waits. */
const slowMs = 3_000;

/** A card as it was read. */
export function judgeCard(card: CardFacts): Finding[] {
  const { atr, family, commands, milliseconds, steps, pin, certificates, problems } = card;
  const reader = readerProduct(card.reader);
  const where: Facts = { reader, ...(atr === undefined ? {} : { atr }) };
  const isExpected = (code: string | undefined) => !problems.some(problem => problem.code === code);
  const failed = steps.flatMap(({ step, code }) =>
    code === undefined || isExpected(code) ? [] : [finding("card-failed", { ...where, step, failure: code })],
  );
  const bare = problems.some(({ code }) => code === "card-without-certificate");
  return [
    ...(family === undefined
      ? []
      : [
          finding("card-known", {
            ...where,
            family,
            ...(card.interface === undefined ? {} : { interface: card.interface }),
            commands,
            milliseconds,
          }),
        ]),
    ...failed,
    ...(bare && failed.length === 0
      ? [finding("card-failed", { ...where, step: "sign-in-certificate", failure: "card-without-certificate" })]
      : []),
    ...steps
      .filter(step => step.milliseconds > slowMs)
      .map(({ step, milliseconds }) => finding("card-slow", { reader, step, milliseconds })),
    ...(pin === undefined ? [] : [judgePin(pin.triesLeft)]),
    ...certificates.map(judgeCertificate),
  ];
}

function judgePin(triesLeft: number): Finding {
  if (triesLeft === 0) return finding("pin-blocked");
  return finding(triesLeft < 3 ? "pin-low" : "pin-ready", { triesLeft });
}

function judgeCertificate({ use = undefined, content }: CertificateFacts): Finding {
  const facts: Facts = { use: use ?? "other" };
  if (content === undefined) return finding("certificate-unreadable", facts);
  const { validity, validUntil, daysLeft } = content;
  const dated: Facts = { ...facts, day: validUntil.slice(0, 10), daysLeft };
  const codes = {
    good: "certificate-good",
    expiring: "certificate-expiring",
    expired: use === undefined ? "certificate-aside-expired" : "certificate-expired",
    "not-yet-valid": "certificate-not-yet-valid",
  } as const satisfies Record<typeof validity, FindingCode>;
  return finding(codes[validity], dated);
}
