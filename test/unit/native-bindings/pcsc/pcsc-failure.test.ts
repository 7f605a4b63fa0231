import { expect, test } from "vitest";
import { Failure } from "../../../../core/errors/failure.ts";
import { pcscFailure } from "../../../../native-bindings/pcsc/pcsc-failure.ts";

const thrown = (code: string) => Object.assign(new Error("of PC/SC"), { code });

// PC/SC's names as pcsc-mini writes them, and what the holder is told.
test.each([
  ["NoSmartCard", "card-removed"],
  ["RemovedCard", "card-removed"],
  ["ResetCard", "card-reset"],
  ["NotTransacted", "card-reset"],
  ["UnpoweredCard", "card-reset"],
  ["SharingViolation", "card-in-use"],
  ["UnresponsiveCard", "card-mute"],
  ["ProtoMismatch", "card-mute"],
  ["CardIsBusy", "card-too-slow"],
  ["TransactionAlreadyInProgress", "card-too-slow"],
  ["UnknownReader", "reader-unavailable"],
  ["ReaderUnavailable", "reader-unavailable"],
  ["NoReadersAvailable", "reader-missing"],
  ["AccessDenied", "reader-access-denied"],
  ["NoService", "reader-service-stopped"],
  ["InvalidHandle", "reader-service-stopped"],
])("%s is %s; its own name stays for support", (code, failure) => {
  expect(pcscFailure(thrown(code))).toMatchObject({ code: failure, detail: code });
});

test("a failure of ours passes unchanged", () => {
  const own = new Failure("pin-wrong", { triesLeft: 2 });
  expect(pcscFailure(own)).toBe(own);
});

test("what is no error of PC/SC is a context that is lost, with what it says", () => {
  expect(pcscFailure("gone")).toMatchObject({ code: "reader-service-stopped", detail: "gone" });
  expect(pcscFailure(undefined)).toMatchObject({ code: "reader-service-stopped" });
});
