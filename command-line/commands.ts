/** Runs with the words after the command's name; answers the exit status. */
export type Command = (words: string[]) => Promise<number>;

interface NamedCommand {
  readonly name: readonly string[];
  readonly does: string;
  /** Loaded when called, so that a small command does not wait for the broker's modules. */
  readonly load: () => Promise<Command>;
}

export const commands: readonly NamedCommand[] = [
  {
    name: ["agent"],
    does: "runs this workstation: readers, window, applications",
    load: async () => (await import("./commands/agent.ts")).agent,
  },
  {
    name: ["audit", "checkpoint"],
    does: "the last signed checkpoint of the trail, to be kept elsewhere",
    load: async () => (await import("./commands/audit-checkpoint.ts")).auditCheckpoint,
  },
  {
    name: ["audit", "export"],
    does: "prints the trail as CSV, FHIR AuditEvents or syslog messages",
    load: async () => (await import("./commands/audit-export.ts")).auditExport,
  },
  {
    name: ["audit", "verify"],
    does: "verifies the trail: chain, tree, signed checkpoints",
    load: async () => (await import("./commands/audit-verify.ts")).auditVerify,
  },
  {
    name: ["broker"],
    does: "runs the broker; makes enrolment codes",
    load: async () => (await import("./commands/broker.ts")).broker,
  },
  {
    name: ["card"],
    does: "everything that the card in a reader shows",
    load: async () => (await import("./commands/card.ts")).card,
  },
  {
    name: ["cert", "identity"],
    does: "who a certificate names, and by which rules",
    load: async () => (await import("./commands/cert-identity.ts")).certIdentity,
  },
  {
    name: ["cert", "verify"],
    does: "whether a certificate is good, by its path and revocation",
    load: async () => (await import("./commands/cert-verify.ts")).certVerify,
  },
  {
    name: ["demo-card"],
    does: "a virtual card on a virtual reader",
    load: async () => (await import("./commands/demo-card.ts")).demoCard,
  },
  {
    name: ["directory", "accept"],
    does: "a source may lose as many persons as it does",
    load: async () => (await import("./commands/directory-accept.ts")).directoryAccept,
  },
  {
    name: ["directory", "check"],
    does: "what a look at the directory's sources would change",
    load: async () => (await import("./commands/directory-check.ts")).directoryCheck,
  },
  {
    name: ["directory", "holder"],
    does: "what the directory says of a holder",
    load: async () => (await import("./commands/directory-holder.ts")).directoryHolder,
  },
  {
    name: ["directory", "scim-token"],
    does: "a token for a client of SCIM, and its hash",
    load: async () => (await import("./commands/directory-scim-token.ts")).directoryScimToken,
  },
  {
    name: ["directory", "status"],
    does: "the directory's sources, and entries that do not fit together",
    load: async () => (await import("./commands/directory-status.ts")).directoryStatus,
  },
  {
    name: ["doctor"],
    does: "finds what keeps this workstation from working",
    load: async () => (await import("./commands/doctor.ts")).doctor,
  },
  {
    name: ["enrol"],
    does: "enrols this workstation with a one-time code",
    load: async () => (await import("./commands/enrol.ts")).enrol,
  },
  {
    name: ["house", "check"],
    does: "whether file and console hold together",
    load: async () => (await import("./commands/house-check.ts")).houseCheck,
  },
  {
    name: ["house", "history"],
    does: "what administrators changed in the console",
    load: async () => (await import("./commands/house-history.ts")).houseHistory,
  },
  {
    name: ["house", "show"],
    does: "what is kept in the console, to move it into the file",
    load: async () => (await import("./commands/house-show.ts")).houseShow,
  },
  {
    name: ["oidc", "rotate"],
    does: "signs with the OpenID Provider's next keys",
    load: async () => (await import("./commands/oidc-rotate.ts")).oidcRotate,
  },
  {
    name: ["policy", "check"],
    does: "checks policies, and who would gain or lose what",
    load: async () => (await import("./commands/policy-check.ts")).policyCheck,
  },
  {
    name: ["policy", "explain"],
    does: "which policy opens or closes which application",
    load: async () => (await import("./commands/policy-explain.ts")).policyExplain,
  },
  {
    name: ["readers"],
    does: "lists readers, and what the cards in them say",
    load: async () => (await import("./commands/readers.ts")).readers,
  },
  {
    name: ["saml", "rotate-key"],
    does: "changes the key that SAML messages are signed with",
    load: async () => (await import("./commands/saml-rotate-key.ts")).samlRotateKey,
  },
  {
    name: ["sign-in"],
    does: "signs in without a window, and tells the time of each stage",
    load: async () => (await import("./commands/sign-in.ts")).signIn,
  },
  {
    name: ["store", "copy"],
    does: "copies a broker's file into a PostgreSQL database",
    load: async () => (await import("./commands/store-copy.ts")).storeCopy,
  },
  {
    name: ["trust", "alias"],
    does: "cards of one holder under two numbers",
    load: async () => (await import("./commands/trust-alias.ts")).trustAlias,
  },
  {
    name: ["trust", "apply"],
    does: "puts a trust bundle in force",
    load: async () => (await import("./commands/trust-apply.ts")).trustApply,
  },
  {
    name: ["trust", "check"],
    does: "whom a trust bundle would refuse",
    load: async () => (await import("./commands/trust-check.ts")).trustCheck,
  },
  {
    name: ["trust", "sign"],
    does: "signs a trust document",
    load: async () => (await import("./commands/trust-sign.ts")).trustSign,
  },
  {
    name: ["trust", "status"],
    does: "the trust in force, and the age of revocation data",
    load: async () => (await import("./commands/trust-status.ts")).trustStatus,
  },
];
