import type { complianceFr } from "./compliance-fr.ts";

/** English words of the console's compliance page: what each framework asks, and how it is answered here. */
export const complianceEn: typeof complianceFr = {
  text: "What the frameworks ask, and what the settings in force answer at this moment. A help for the audit, no certificate.",
  read: "Read from the server",
  filter: "Filter by state",
  all: "All {{count}}",
  states: { met: "Met", partly: "Partly", "not-met": "Not met", hospital: "The hospital’s" },
  frameworks: {
    asvs: "OWASP ASVS 5.0.0 – V6, V7, V16",
    hipaa: "HIPAA – 45 CFR 164.312",
    "pgssi-s": "PGSSI-S",
    cnil: "CNIL",
  },
  number: "Requirement",
  asks: "Asks",
  answer: "Answer",
  state: "State",
  evidence: "Evidence",
  noneSo: "No requirement is in this state.",
  facts: {
    administrators: "Administrators",
    "auditors-alone": "Auditors without another role",
    "back-channel": "Applications that are told of the end",
    "break-glass-length": "An emergency access lasts",
    "break-glass-permits": "Policies that open something in an emergency",
    "break-glass-places": "Places with emergency access",
    "break-glass-review": "To be reviewed within",
    "browser-origin": "Address for browsers",
    "cards-expiring": "Cards that expire within 90 days",
    "cards-lost": "Cards reported lost",
    checklist: "Points to make sure of",
    "checkpoint-file": "Checkpoint kept elsewhere",
    "checkpoint-seconds": "Checkpoint signed every",
    demonstration: "Demonstration mode",
    "directory-passwords": "Passwords of the directory",
    "directory-required": "Directory required",
    "directory-sources": "Sources of the directory",
    exports: "Continuous exports",
    families: "Card families",
    federation: "Confirmation on the phone",
    "free-tries": "Tries before a pause",
    grace: "Return without PIN, by place",
    identifiers: "Identifiers kept by a key",
    idle: "Covered when nobody uses it, by place (– : places without)",
    "longest-access": "Longest temporary access",
    "longest-pause": "Longest pause",
    means: "Means offered",
    "nameless-after": "Months until records name nobody",
    "not-sealed": "Records not sealed yet",
    "notices-of-alarms": "Addresses told of an alarm",
    "notices-to-person": "Accesses told to the person by mail",
    "pin-minutes": "PIN asked again after",
    "places-outside": "Places outside the hospital",
    policies: "Policies in force",
    profiles: "Temporary accesses offered",
    records: "Records",
    retention: "Months that the server keeps",
    revocation: "Revocation sources up to date",
    "second-person": "Profiles with a second person",
    "session-hours": "A session lives at most",
    "trust-document": "Trust document signed",
    "without-card": "Places with emergency access without card",
    "workstation-tries": "Tries at a workstation in 5 minutes",
  },
  items: {
    "asvs-throttling": {
      asks: "Slow password guessing down without locking people out.",
      how: "Growing pauses by name, by account, by workstation and in all; an alarm on tries of many names. Nobody is locked for good. The card counts its PIN’s tries.",
    },
    "asvs-pathways": {
      asks: "Document every way to sign in, and its strength.",
      how: "Each means has a level, shown on screen, in the trail and to every policy; without a policy nothing opens.",
    },
    "asvs-defaults": {
      asks: "No default accounts.",
      how: "There are none: administrators are named holders, signed in by card. Demonstration mode accepts test cards.",
    },
    "asvs-mfa": {
      asks: "Two factors, one of them hardware against phishing.",
      how: "The card and its PIN. At places outside every way in wants a second proof. Inside, a temporary password, the directory’s and emergency access without card are one proof: less time, fewer places and applications. A phone is no card.",
    },
    "asvs-notified": {
      asks: "Tell the person of suspicious tries and of changes to his access.",
      how: "Temporary access and changed second proofs are told at the next sign-in by card; temporary and emergency access also by mail, where notices are configured. Alarms go to fixed addresses. Refused tries stand in the trail: the person is not told.",
    },
    "asvs-enumeration": {
      asks: "Do not let anybody find out who exists.",
      how: "One answer, in equal time, whatever does not fit in name or password. Emergency access without card lets whoever is known in: few tries, then a pause and an alarm.",
    },
    "asvs-temporary": {
      asks: "Initial secrets that are random and short-lived.",
      how: "69 bits drawn by the server, shown once, for a time and a number of sign-ins.",
    },
    "asvs-questions": {
      asks: "No secret questions.",
      how: "The software asks none. What the helpdesk makes sure of is the hospital’s list: prefer calling back to asking.",
    },
    "asvs-renewal": {
      asks: "Announce in time what expires.",
      how: "The helpdesk sees the cards that expire within 90 days. The person himself is not told yet.",
    },
    "asvs-lost": {
      asks: "Revoke a factor that is stolen or lost.",
      how: "A card reported lost is refused at once, without waiting for the revocation list. The helpdesk takes back a lost phone or key.",
    },
    "asvs-anchors": {
      asks: "Protect trusted certificates from modification.",
      how: "A signed document whose version never goes back. Without one, the server’s configuration counts.",
    },
    "asvs-challenge": {
      asks: "A challenge of at least 64 bits, unique.",
      how: "256 bits, once, for a minute; bound to server, workstation and purpose.",
    },
    "asvs-lifetime": {
      asks: "Document and limit how long sessions live.",
      how: "One absolute limit for all, and by place the time in which the card alone brings a session back.",
    },
    "asvs-tokens": {
      asks: "Random tokens, verified by the server, new at each sign-in.",
      how: "128 bits at least; each proof gives a new seat, and the old one is worth nothing.",
    },
    "asvs-inactivity": {
      asks: "An end after inactivity.",
      how: "Taking the card out locks at once. With the card left in the reader, and without a card, the screen is covered when nobody has used the workstation for the time that its place sets, after a warning; the PIN is asked for then, unless the place’s return without PIN is longer.",
    },
    "asvs-end": {
      asks: "The session’s end counts for applications, too.",
      how: "Applications are told (back-channel logout), and the seat’s browser is wiped.",
    },
    "asvs-leavers": {
      asks: "End the sessions of a disabled account.",
      how: "As soon as the directory says so the session ends, wherever it is. Where the directory is not required, a card that it does not know is let in.",
    },
    "asvs-admin-end": {
      asks: "Administrators can end a session.",
      how: "The helpdesk ends it from the holder’s page or Live, for a reason.",
    },
    "asvs-own-session": {
      asks: "People see and end their sessions.",
      how: "One session a person; the card brings it back, and its ribbon ends it.",
    },
    "asvs-step-up": {
      asks: "Authenticate again before something sensitive.",
      how: "Whatever gives or takes in the console asks for a recent PIN; applications can ask for it, too.",
    },
    "asvs-log-inventory": {
      asks: "Document what is logged, where, and how long.",
      how: "The acts, their form, exports and keeping are documented.",
    },
    "asvs-log-content": {
      asks: "Log who, when, where, by which means, let in or refused.",
      how: "Each act has a record, written before its effect; CSV, FHIR and syslog hand it on.",
    },
    "asvs-log-time": {
      asks: "Synchronised clocks, in universal time.",
      how: "Times are UTC. The servers’ synchronisation is the hospital’s.",
    },
    "asvs-log-protected": {
      asks: "A log that nobody can change.",
      how: "Hash chain and signed checkpoints, kept by every workstation. A checkpoint or an export elsewhere protects from the server’s administrator, too.",
    },
    "asvs-log-apart": {
      asks: "Send the log to a separate system.",
      how: "By syslog over TLS or FHIR, continuously, where an export is configured.",
    },
    "asvs-messages": {
      asks: "Reveal nothing internal in messages.",
      how: "A code of the catalogue and a reference; the rest stays on the server.",
    },
    "asvs-fail-closed": {
      asks: "Where something fails, stay closed.",
      how: "No trail, no session; without revocation data the domain’s rule decides, and the trail says so.",
    },
    "hipaa-unique": {
      asks: "A unique identifier for each user.",
      how: "The card’s national identifier; earlier numbers lead to the same person.",
    },
    "hipaa-emergency": {
      asks: "A procedure for access in an emergency.",
      how: "Emergency access: for a reason, for minutes, announced at once, reviewed by somebody else; policies say what it opens. The written procedure is the hospital’s.",
    },
    "hipaa-logoff": {
      asks: "Automatic logoff.",
      how: "When the card is taken out, when nobody has used the workstation for the time that its place sets, and at the longest lifetime.",
    },
    "hipaa-at-rest": {
      asks: "Encrypt health data that are kept.",
      how: "Wardkey keeps none; its store has identities: encrypt the server’s disk.",
    },
    "hipaa-audit": {
      asks: "Record and examine activity.",
      how: "The trail, its search, reports and exports.",
    },
    "hipaa-integrity": {
      asks: "Protect from alteration.",
      how: "For what Wardkey keeps: the trail can be verified to the byte.",
    },
    "hipaa-person": {
      asks: "Verify that a person is who he says.",
      how: "A signature of the card at each sign-in; other means have a lower level, and it shows. Emergency access without card is a name that nobody proves: it says so on screen and in the trail.",
    },
    "hipaa-transmission": {
      asks: "Protect transmission.",
      how: "Mutual TLS 1.3 between workstations and server. For browsers, the address has to be https.",
    },
    "pgssi-s-identification": {
      asks: "Identify professionals by recognised means (CPS, e-CPS).",
      how: "The CPS card and, where configured, Pro Santé Connect. Temporary access, the directory’s password and emergency access are degraded modes, limited and recorded. Demonstration mode accepts test cards.",
    },
    "pgssi-s-imputability": {
      asks: "Impute each act to a person, with proof.",
      how: "Each record names person, means, workstation and place; a proof of inclusion can be given to a third party. A name that nobody has proved is marked as claimed.",
    },
    "cnil-log-retention": {
      asks: "Keep logs between six months and a year, unless a need is shown.",
      how: "Months that are over go to an archive and leave the server after the time set; the archive’s files are the hospital’s to delete. Where identifiers are kept by a key, its end leaves nobody’s name; names typed as reasons stay.",
    },
    "cnil-log-use": {
      asks: "Use logs for security alone, by appointed persons.",
      how: "Each search, export and report is recorded. An auditor without another role separates control from operation.",
    },
    "cnil-passwords": {
      asks: "Passwords strong enough, well kept, slowed down.",
      how: "Temporary passwords: 69 bits, argon2id, growing pauses. Where the directory’s own counts, its strength is the directory’s: it is asked by TLS, and never kept.",
    },
    "cnil-rights": {
      asks: "Manage rights: least privilege, reviewed every year.",
      how: "Policies deny by default and can be explained; the yearly review is the hospital’s.",
    },
  },
};
