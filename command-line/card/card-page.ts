import { displayNameOf } from "../../core/identity/holder-identity.ts";
import type { CardFacts } from "./card-facts.ts";
import type { CertificateFacts } from "./certificate-facts.ts";

/** A card's facts for a person to read. */
export function cardPage(facts: CardFacts): string {
  const { reader, atr, family, protocol, cardId, holder, certificates, steps, problems } = facts;
  const row = (name: string, value: string | undefined) =>
    value === undefined ? [] : [`  ${name.padEnd(14)}${value}`];
  return [
    reader,
    ...row("ATR", atr),
    ...row("driver", family),
    ...row("interface", facts.interface === undefined ? undefined : `${facts.interface}, ${protocol}`),
    ...row("card", cardId),
    ...row(
      "holder",
      holder === undefined
        ? undefined
        : `${displayNameOf(holder)}, ${holder.profession} (${holder.subjectNameId}), by ${holder.rules}`,
    ),
    ...row("PIN", pinText(facts)),
    ...certificates.flatMap(certificate => certificateRows(certificate)),
    ...row("asked", `${facts.commands} APDUs, ${facts.milliseconds} ms`),
    ...steps.map(
      ({ step, commands, milliseconds, code }) =>
        `    ${step.padEnd(22)}${String(commands).padStart(3)} APDUs${String(milliseconds).padStart(9)} ms${code === undefined ? "" : `  ${code}`}`,
    ),
    ...problems.flatMap(({ code, remedy, detail }) => [
      `  ${code}${detail === undefined ? "" : `: ${detail}`}`,
      `    ${remedy}`,
    ]),
  ].join("\n");
}

function pinText({ pin }: CardFacts): string | undefined {
  if (pin === undefined) return undefined;
  const tries = pin.triesLeft === 0 ? "blocked" : `${pin.triesLeft} tries left`;
  const length = `${pin.minimumLength} to ${pin.maximumLength} digits`;
  const unblocking = pin.canUnblock ? "an unblocking code can set a new one" : "no unblocking code";
  return [tries, length, unblocking, ...(pin.onReader ? ["typed on the reader"] : [])].join(", ");
}

function certificateRows({ label, use, content }: CertificateFacts): string[] {
  const title = `  ${label}${use === undefined ? "" : ` (${use === "sign-in" ? "signs in" : "shows that the card is there"})`}`;
  if (content === undefined) return [title, "    cannot be read as strict DER X.509"];
  const { subject, issuer, serial, validUntil, validity, daysLeft, key, usage } = content;
  return [
    title,
    `    subject  ${subject}`,
    `    issuer   ${issuer}`,
    `    serial   ${serial}`,
    `    until    ${validUntil} (${validity}, ${daysLeft} days)`,
    `    key      ${key}: ${usage.join(", ")}`,
  ];
}
