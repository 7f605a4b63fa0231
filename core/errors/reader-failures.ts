import type { FailureEntry } from "./entry.ts";

/** Failures of the PC/SC service and of readers. */
export const readerFailures = {
  "reader-service-stopped": {
    audience: "support",
    retriable: true,
    meaning: "The PC/SC service does not answer.",
    remedy: "Start pcscd (systemctl start pcscd.socket); the agent reconnects by itself.",
  },
  "reader-access-denied": {
    audience: "support",
    retriable: false,
    meaning: "The PC/SC service refuses this user.",
    remedy: "Allow org.debian.pcsc-lite.access_pcsc and access_card for the workstation's user in polkit.",
  },
  "reader-missing": {
    audience: "support",
    retriable: true,
    meaning: "No reader is connected.",
    remedy: "Plug the reader in again or try another socket.",
  },
  "reader-unavailable": {
    audience: "holder",
    retriable: true,
    meaning: "The reader went away while a card was in use.",
    remedy: "Plug the reader in again, then insert the card again.",
  },
  "reader-without-pin-pad": {
    audience: "support",
    retriable: false,
    meaning: "The PIN was to be typed on the reader, which has no keys of its own.",
    remedy: "Insert the card again; the PIN is then typed at the workstation.",
  },
  "card-in-use": {
    audience: "holder",
    retriable: true,
    meaning: "Another program holds the card exclusively (SCARD_E_SHARING_VIOLATION).",
    remedy: "Close the other program that uses the card, then insert the card again.",
  },
  "card-host-lost": {
    audience: "support",
    retriable: true,
    meaning: "The process that owns the readers ended; it is being started again.",
    remedy: "Wait a few seconds; if it comes back, run `wardkey doctor`.",
  },
  "module-refused": {
    audience: "support",
    retriable: false,
    meaning:
      "A PKCS#11 module of the settings is not loaded: no absolute path, no file, or one that others can change.",
    remedy: "Give the absolute path of a file that the administrator alone can change, as its folders; see the detail.",
  },
  "module-unusable": {
    audience: "support",
    retriable: false,
    meaning: "A PKCS#11 module of the settings cannot be loaded, or does not start.",
    remedy: "Install the maker's 64-bit module for this system, with all that it needs; see the detail.",
  },
  "module-lost": {
    audience: "support",
    retriable: true,
    meaning:
      "A PKCS#11 module crashed or did not answer; its process was ended, and is started anew for the next work.",
    remedy: "Insert the card again; if it comes back, update the maker's module or take it out of the settings.",
  },
} as const satisfies Record<string, FailureEntry>;
