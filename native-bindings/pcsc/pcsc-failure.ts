import type { FailureCode } from "../../core/errors/catalogue.ts";
import { Failure } from "../../core/errors/failure.ts";

/** PC/SC's own codes, by the names that pcsc-mini gives them, to ours. What is not here is a lost context. */
const codes: Readonly<Record<string, FailureCode>> = {
  AccessDenied: "reader-access-denied",
  SecurityViolation: "reader-access-denied",
  NoReadersAvailable: "reader-missing",
  NoAccess: "reader-access-denied",
  ReaderUnavailable: "reader-unavailable",
  UnknownReader: "reader-unavailable",
  NoSmartCard: "card-removed",
  RemovedCard: "card-removed",
  ResetCard: "card-reset",
  UnpoweredCard: "card-reset",
  NotTransacted: "card-reset",
  SharingViolation: "card-in-use",
  UnresponsiveCard: "card-mute",
  UnsupportedCard: "card-mute",
  ProtoMismatch: "card-mute",
  // The binding's own: what was asked of the card before is not answered yet.
  CardIsBusy: "card-too-slow",
  TransactionAlreadyInProgress: "card-too-slow",
};

/** The one place where PC/SC's errors become failures of the catalogue. Failures pass unchanged. */
export function pcscFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const code = typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "";
  return new Failure(codes[code] ?? "reader-service-stopped", { detail: code || String(thrown), cause: thrown });
}
