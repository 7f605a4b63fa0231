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
  "changed-meanwhile": {
    audience: "holder",
    retriable: true,
    meaning: "Somebody else changed the same since it was looked at; nothing of this change was done.",
    remedy: "Look at what is there now, and make the change again.",
  },
  "house-refused": {
    audience: "holder",
    retriable: false,
    meaning:
      "A change of places, applications, groups or policies does not hold together; what was in force stays. The log names each fault.",
    remedy: "Try the change in the console, which shows each fault and its place.",
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
  "activity-not-chosen": {
    audience: "holder",
    retriable: true,
    meaning:
      "The holder has registered activities, and his session stands under none of them: nothing is opened before he has chosen.",
    remedy: "Choose an activity in the window; it is asked for by itself.",
  },
  "activity-not-registered": {
    audience: "holder",
    retriable: false,
    meaning: "The activity that was chosen is not, or no longer, one of the holder's in the directory.",
    remedy: "Choose another one; correct the directory where the activity goes on.",
  },
  "favourites-full": {
    audience: "support",
    retriable: false,
    meaning: "A workstation asked for more favourites than a holder can have; its window does not offer that.",
    remedy: "Take one of the favourites away first.",
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
  "password-refused": {
    audience: "holder",
    retriable: true,
    meaning:
      "Name and password do not open anything here: unknown, wrong, locked, used up, ended, or not for this place. The trail says which.",
    remedy:
      "Type both again. Otherwise the helpdesk sees a temporary access and what is left of it, and the trail what the directory answered.",
  },
  "directory-password-unavailable": {
    audience: "holder",
    retriable: true,
    meaning: "The directory that knows the password cannot be asked: it does not answer, or not to this broker.",
    remedy: "Check the source's servers and account, named in the trail; a card or a temporary access opens meanwhile.",
  },
  "fallback-present": {
    audience: "holder",
    retriable: false,
    meaning: "The holder has a temporary access already, or one is being asked for.",
    remedy: "Revoke the present one first.",
  },
  "fallback-second-person": {
    audience: "holder",
    retriable: false,
    meaning:
      "A temporary access is asked for and issued by one person, approved by another, and neither is who gets it.",
    remedy: "Have a colleague of the helpdesk do it.",
  },
  "fallback-not-approved": {
    audience: "holder",
    retriable: true,
    meaning: "The profile asks for a second person, and nobody has approved the temporary access yet.",
    remedy: "Ask a colleague of the helpdesk to approve it.",
  },
  "fallback-over": {
    audience: "holder",
    retriable: false,
    meaning: "The temporary access was issued before, or has ended; or the request waited too long.",
    remedy: "Ask for a new one.",
  },
  "fallback-not-checked": {
    audience: "holder",
    retriable: true,
    meaning: "A point of the checklist that has to be ticked was not.",
    remedy: "Make sure that it is the holder who calls, and tick what was checked.",
  },
  "break-glass-refused": {
    audience: "holder",
    retriable: true,
    meaning:
      "No emergency access is given here to whoever asks for it so: unknown or ambiguous name, not at this place, not for this application. The trail says which.",
    remedy: "Sign in by card, or call the helpdesk; see `breakGlass` in the broker's configuration.",
  },
  "break-glass-open": {
    audience: "holder",
    retriable: true,
    meaning: "An emergency access that is not over cannot be reviewed, and none is opened beside it.",
    remedy: "Wait for its end, or have the helpdesk end it.",
  },
  "break-glass-second-person": {
    audience: "holder",
    retriable: false,
    meaning: "Nobody reviews an emergency access of his own.",
    remedy: "Have another auditor review it.",
  },
  "break-glass-reviewed": {
    audience: "holder",
    retriable: false,
    meaning: "The emergency access has been reviewed already.",
    remedy: "Read the review; nothing is left to do.",
  },
  "directory-source-unreachable": {
    audience: "support",
    retriable: true,
    meaning: "A source of the directory does not answer, or not as somebody who may read it.",
    remedy: "Check the way to the address in the detail, and the account; what was known before goes on counting.",
  },
  "directory-data-unreadable": {
    audience: "support",
    retriable: false,
    meaning: "A source of the directory sends something that cannot be read.",
    remedy: "Correct what the detail names at the source; what was known before goes on counting.",
  },
  "directory-request-refused": {
    audience: "support",
    retriable: false,
    meaning:
      "A server of the directory refuses what it is asked: the account, a base, a filter, or more entries than it gives.",
    remedy:
      "Correct what the detail names, at the server or in the source's configuration; what was known before goes on counting.",
  },
  "directory-shrunk": {
    audience: "support",
    retriable: false,
    meaning: "A source of the directory would take away more than a fifth of its persons at once.",
    remedy: "Where that is meant: `wardkey directory accept`. Otherwise look at the source's base, filter and account.",
  },
  "scim-tokens-unreadable": {
    audience: "support",
    retriable: false,
    meaning: "The file of hashes of a SCIM source's tokens cannot be read, so that no client of SCIM is let in.",
    remedy: "Correct the line or the file that the broker's log names: one SHA-256 in hexadecimal a line.",
  },
  "holder-disabled": {
    audience: "holder",
    retriable: false,
    meaning: "The directory says that this holder may not sign in any more.",
    remedy: "Ask the helpdesk, who can see which source says so.",
  },
  "holder-not-in-directory": {
    audience: "holder",
    retriable: false,
    meaning: "No source of the directory knows this holder, and the broker demands one.",
    remedy: "Ask the helpdesk to have the holder entered.",
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
