import type { FailureEntry } from "./entry.ts";

/** Failures of the broker, of the way to it, and refusals that are not about a card. */
export const serviceFailures = {
  "broker-unreachable": {
    audience: "support",
    retriable: true,
    meaning: "The broker does not answer.",
    remedy: "Check the network and the broker; the workstation tries again by itself.",
  },
  "broker-untrusted": {
    audience: "support",
    retriable: false,
    meaning: "What answers at the broker's address does not hold the key that this workstation was enrolled with.",
    remedy: "Enrol again if the broker's key was changed on purpose; otherwise treat it as an attack.",
  },
  "broker-answer-malformed": {
    audience: "support",
    retriable: false,
    meaning: "The broker's answer does not fit its schema.",
    remedy: "Bring workstation and broker to matching versions.",
  },
  "request-malformed": {
    audience: "support",
    retriable: false,
    meaning: "The request does not fit its schema.",
    remedy: "Bring workstation and broker to matching versions.",
  },
  "workstation-unknown": {
    audience: "support",
    retriable: false,
    meaning: "This workstation's key is not enrolled, or was withdrawn.",
    remedy: "Enrol the workstation: `wardkey enrol`.",
  },
  "enrolment-code-wrong": {
    audience: "support",
    retriable: false,
    meaning: "The enrolment code is unknown, used or expired.",
    remedy: "Make a new one: `wardkey broker enrolment-code`.",
  },
  "trail-unavailable": {
    audience: "support",
    retriable: true,
    meaning: "The trail cannot be written, so nothing is opened.",
    remedy: "Free space or repair the store; sign-ins work again at once.",
  },
  "trail-record-unsealed": {
    audience: "holder",
    retriable: true,
    meaning: "No signed checkpoint covers this record of the trail yet, so nothing proves it to others.",
    remedy: "Ask again in a minute: a checkpoint is signed as often as `trail.checkpointSeconds` says.",
  },
  "session-unknown": {
    audience: "holder",
    retriable: false,
    meaning: "The session has ended or has its seat elsewhere.",
    remedy: "Insert the card to sign in.",
  },
  "application-not-entitled": {
    audience: "holder",
    retriable: false,
    meaning: "No entitlement lets this holder open this application here and by this means.",
    remedy: "Ask the application's owner.",
  },
  "console-role-missing": {
    audience: "holder",
    retriable: false,
    meaning: "The holder has none of the roles that this part of the console asks for.",
    remedy: "Name the holder with the role under `administrators` in the broker's configuration.",
  },
  "request-foreign": {
    audience: "support",
    retriable: false,
    meaning: "A request to the console does not come from the console's own page.",
    remedy: "Open the console from the portal; if it repeats, look for a page that asks in the holder's name.",
  },
  "saml-message-refused": {
    audience: "support",
    retriable: false,
    meaning: "An application's SAML message is malformed, not signed as it should be, or not meant for this broker.",
    remedy: "The broker's log says what is wrong with it; compare the application's settings with docs/saml.md.",
  },
  "application-not-started": {
    audience: "support",
    retriable: true,
    meaning: "The workstation could not start what shows the application.",
    remedy: "Run `wardkey doctor` on the workstation.",
  },
  "revocation-source-unreachable": {
    audience: "support",
    retriable: true,
    meaning: "A source of revocation data does not answer, or answers without any.",
    remedy:
      "Check the way from the broker to the address in the detail; the last good data serve until they are too old.",
  },
  "revocation-data-unreadable": {
    audience: "support",
    retriable: true,
    meaning: "A source sends revocation data that cannot be read: no CRL, too large, or signed by somebody else.",
    remedy:
      "Look at what the address in the detail sends, and tell the authority; the last good data serve until they are too old.",
  },
  "federation-identifier-malformed": {
    audience: "holder",
    retriable: true,
    meaning: "What was typed is no national identifier.",
    remedy: "Type the RPPS number, 11 digits, or the whole identifier with its register prefix.",
  },
  "federation-refused": {
    audience: "holder",
    retriable: true,
    meaning:
      "The federation did not confirm the person: refused on the phone, not answered in time, unknown, or another person.",
    remedy: "Try again with the phone at hand; the trail says what the federation answered.",
  },
  "federation-unreachable": {
    audience: "support",
    retriable: true,
    meaning: "The federation cannot be asked, or its answer cannot be believed.",
    remedy: "Check the way to it and the client's registration (the detail says more); cards work all the same.",
  },
  "sign-in-throttled": {
    audience: "holder",
    retriable: true,
    meaning: "Too many attempts for this person or at this workstation within a short time.",
    remedy: "Wait some minutes. Where nobody here tried, tell the helpdesk: somebody else may have.",
  },
  "trust-bundle-refused": {
    audience: "support",
    retriable: false,
    meaning:
      "A trust bundle is not signed by a key of this broker, holds no trust document, or is older than the one in force.",
    remedy: "Sign it with the configured key, with a higher version: `wardkey trust sign`.",
  },
  internal: {
    audience: "support",
    retriable: true,
    meaning: "A defect of ours.",
    remedy: "Send the redacted bundle of `wardkey doctor --bundle` to support.",
  },
  "settings-malformed": {
    audience: "support",
    retriable: false,
    meaning: "The workstation's settings.json cannot be understood.",
    remedy: "Correct the member that the detail names; docs/operations.md lists them.",
  },
} as const satisfies Record<string, FailureEntry>;
