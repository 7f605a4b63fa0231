import type { FailureCode } from "../../core/errors/catalogue.ts";
import type { FailureWords, Words } from "./fr.ts";

const callHelpdesk = "Call the helpdesk if it happens again.";

const failures: Record<FailureCode, FailureWords> = {
  "reader-service-stopped": {
    title: "Reader not available",
    text: "The card reader service does not answer.",
    action: "It restarts by itself; please wait a few seconds.",
  },
  "reader-access-denied": {
    title: "Reader not allowed",
    text: "This workstation may not use the reader.",
    action: "Call the helpdesk.",
  },
  "reader-missing": {
    title: "No reader",
    text: "No card reader is plugged in.",
    action: "Plug the reader in, or use another workstation.",
  },
  "reader-unavailable": {
    title: "Reader unplugged",
    text: "The reader went away while the card was in use.",
    action: "Plug it in again, then insert the card.",
  },
  "card-in-use": {
    title: "Card busy",
    text: "Another program is using the card.",
    action: "Close that program, then insert the card again.",
  },
  "card-host-lost": {
    title: "Reading interrupted",
    text: "Card reading has restarted.",
    action: "Insert your card again.",
  },
  "card-removed": {
    title: "Card removed",
    text: "The card was taken out too early.",
    action: "Insert it again and leave it in.",
  },
  "sign-in-abandoned": {
    title: "Card removed",
    text: "The card was taken out while the PIN was being typed.",
    action: "Insert it again to sign in.",
  },
  "answer-too-late": {
    title: "Card removed",
    text: "The card was taken out before the session opened.",
    action: "Insert it again and leave it in.",
  },
  "card-reset": {
    title: "Card interrupted",
    text: "Another program reset the card.",
    action: "Insert your card again.",
  },
  "card-mute": {
    title: "Card cannot be read",
    text: "The chip does not answer: wrong way round, or dirty contacts.",
    action: "Turn the card, wipe the chip, try again.",
  },
  "card-unknown": {
    title: "Unknown card",
    text: "This is not a professional card known here.",
    action: "Use your professional card.",
  },
  "card-answer-malformed": {
    title: "Card cannot be read",
    text: "The card’s answers make no sense.",
    action: "Try another reader, then call the helpdesk.",
  },
  "card-refused-command": {
    title: "Card does not cooperate",
    text: "The card refused to work.",
    action: `Insert the card again. ${callHelpdesk}`,
  },
  "card-without-certificate": {
    title: "Card without certificate",
    text: "This card holds no certificate for signing in.",
    action: "Call the helpdesk.",
  },
  "pin-wrong": {
    title: "PIN not accepted",
    text: "The card did not recognise this PIN.",
    action: "Type your PIN again, slowly.",
  },
  "pin-blocked": {
    title: "Card blocked",
    text: "No try is left: this card’s PIN is blocked.",
    action: "Unblock the card, or ask the helpdesk for temporary access.",
  },
  "pin-malformed": {
    title: "PIN incomplete",
    text: "This PIN does not have the right length; the card was not asked.",
    action: "Type your PIN again.",
  },
  "pin-entry-cancelled": {
    title: "PIN entry cancelled",
    text: "The entry was cancelled on the reader’s keys.",
    action: "Insert your card again to sign in.",
  },
  "pin-entry-timed-out": {
    title: "No PIN typed",
    text: "Nothing was typed on the reader’s keys.",
    action: "Insert your card again to sign in.",
  },
  "unblocking-code-wrong": {
    title: "Unblocking code not accepted",
    text: "The card did not recognise this unblocking code.",
    action: "Compare with the letter that came with your card.",
  },
  "unblocking-code-blocked": {
    title: "Card cannot be unblocked",
    text: "No try is left for the unblocking code.",
    action: "Order a new card; the helpdesk can give temporary access.",
  },
  "card-signature-wrong": {
    title: "Card not genuine",
    text: "The card did not prove what its certificate says.",
    action: "Insert the card once more, then call the helpdesk.",
  },
  "certificate-expired": {
    title: "Card out of date",
    text: "This card is past its validity.",
    action: "Order a new card; the helpdesk can give temporary access.",
  },
  "certificate-not-yet-valid": {
    title: "Card not valid yet",
    text: "This card becomes valid later.",
    action: "Call the helpdesk.",
  },
  "certificate-revoked": {
    title: "Card revoked",
    text: "This card has been declared unusable.",
    action: "Hand it in, and ask the helpdesk for temporary access.",
  },
  "certificate-untrusted": {
    title: "Card not recognised",
    text: "This card does not come from an authority accepted here.",
    action: "Use your professional card, or call the helpdesk.",
  },
  "certificate-wrong-purpose": {
    title: "Unsuitable card",
    text: "This card’s certificate is not for signing in.",
    action: "Call the helpdesk.",
  },
  "certificate-malformed": {
    title: "Card cannot be read",
    text: "This card’s certificate cannot be read.",
    action: "Call the helpdesk.",
  },
  "revocation-unknown": {
    title: "Card cannot be checked",
    text: "Nobody can tell whether this card is still good.",
    action: "Call the helpdesk: the revocation lists need renewing.",
  },
  "identity-missing": {
    title: "Card names nobody",
    text: "This card does not name a person.",
    action: "Use your personal card.",
  },
  "challenge-unknown": {
    title: "Too late",
    text: "The request has expired.",
    action: "Take the card out, then insert it again.",
  },
  "proof-mismatch": {
    title: "Proof not accepted",
    text: "The card’s answer does not fit the question.",
    action: `Insert the card again. ${callHelpdesk}`,
  },
  "proof-signature-wrong": {
    title: "Card not genuine",
    text: "This card lacks the key of its certificate: it may be a copy.",
    action: "Hand it to the helpdesk.",
  },
  "broker-unreachable": {
    title: "Server not reachable",
    text: "The sign-in server does not answer. Nothing is lost.",
    action: "Leave the card in: signing in goes on when it is back.",
  },
  "broker-untrusted": {
    title: "Server not recognised",
    text: "The server that answers is not the hospital’s.",
    action: "Call the helpdesk.",
  },
  "broker-answer-malformed": {
    title: "Answer not understood",
    text: "Workstation and server do not understand each other.",
    action: "Call the helpdesk.",
  },
  "request-malformed": {
    title: "Request not understood",
    text: "Workstation and server do not understand each other.",
    action: "Call the helpdesk.",
  },
  "workstation-unknown": {
    title: "Workstation not enrolled",
    text: "This workstation is not known to the server.",
    action: "Use another workstation, and tell the helpdesk.",
  },
  "enrolment-code-wrong": {
    title: "Enrolment code not accepted",
    text: "This code is unknown, used or too old.",
    action: "Ask for a new one.",
  },
  "trail-unavailable": {
    title: "Signing in is suspended",
    text: "The trail cannot be written; no session opens.",
    action: "Tell the helpdesk.",
  },
  "session-unknown": {
    title: "Session over",
    text: "This session has ended or is elsewhere.",
    action: "Insert your card to sign in.",
  },
  "application-not-entitled": {
    title: "Application not allowed",
    text: "Your rights do not open this application here.",
    action: "Ask the application’s owner.",
  },
  "application-not-started": {
    title: "Application not started",
    text: "The workstation could not open this application.",
    action: `Try again. ${callHelpdesk}`,
  },
  internal: {
    title: "A fault of ours",
    text: "Something unforeseen happened. Nothing was opened.",
    action: `Insert the card again. ${callHelpdesk}`,
  },
};

export const en: Words = {
  language: { name: "English", choose: "Language" },
  theme: { night: "Night mode", day: "Day mode" },
  demonstration: "Demonstration: test cards, invented patients",
  helpdesk: "Helpdesk {{phone}}",
  connection: { connecting: "Connecting to the server…", disconnected: "Server not reachable" },
  reader: { empty: "Reader ready", "card-in": "Card in the reader", "no-reader": "No reader" },
  cover: {
    invitation: "Insert your card",
    hint: "Your session follows you from one workstation to the next.",
    finished: "Take the card out, or go on with it",
    wake: "Go on with this card",
    noReader: "Plug the card reader in",
    lost: "This workstation is getting ready…",
  },
  covered: {
    title: "Workstation locked",
    whose: "Session of {{name}}",
    back: "Insert the card again, here or at another workstation: the session is waiting.",
    graceLeft: "Without PIN for another {{time}}",
    graceOver: "The PIN will be asked for",
  },
  working: {
    reading: "Reading the card…",
    asking: "Checking the card…",
    proving: "The card is signing…",
    opening: "Opening the session…",
    keep: "Leave the card in the reader",
  },
  pin: {
    title: "Your PIN",
    label: "PIN of the card, {{count}} digits typed",
    triesLeft_one: "Last try",
    triesLeft_other: "{{count}} tries left",
    confirm: "Sign in",
    clear: "Clear",
    erase: "Correct",
    cancel: "Cancel",
    notYou: "Not you? Take the card out.",
    lastTry: {
      title: "One try is left",
      text: "A wrong PIN will block the card. If in doubt, call the helpdesk.",
      confirm: "I am sure of my PIN",
    },
  },
  portal: {
    means: {
      "card-pin": "Card and PIN",
      "card-presence": "Card",
      "card-seen": "Card seen",
      "temporary-password": "Temporary access",
      "break-glass": "Emergency",
    },
    left: "{{time}} left",
    lock: "Lock",
    end: "End",
    search: "Search an application",
    open: "Open",
    opening: "Opening…",
    none: "No application matches “{{text}}”",
    empty: "No application is open to your profession at this workstation.",
    notYou: "Not you?",
    endQuestion: "End the session?",
    endText: "The applications that are open here will be closed.",
    stay: "Stay",
  },
  receipt: {
    "moved-away": "The session of {{holder}} goes on at {{to}}",
    "resumed-here": "Session resumed from {{from}}",
    "resumed-applications": "With: {{applications}}",
    "unlocked-here": "Welcome back: all is as you left it",
    ended: "The session of {{holder}} has ended",
    expired: "The session of {{holder}} has come to its end",
    "person-changed": "The session of {{holder}} is waiting at another workstation",
    dismiss: "Close this message",
  },
  trouble: {
    details: "For the helpdesk: {{code}}",
    remove: "Take the card out",
    again: "Try again",
    tries_one: "1 try left",
    tries_other: "{{count}} tries left",
    tries_zero: "No try left",
  },
  failures,
};
