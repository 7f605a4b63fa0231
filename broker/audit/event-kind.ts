import type { TrailAct, TrailRecord } from "../../core/trail/trail-record.ts";

/** A code of the DICOM Controlled Terminology (PS3.16, annex D) with its meaning. */
export interface DicomCode {
  readonly code: string;
  readonly meaning: string;
}

/** How DICOM PS3.15 A.5 and FHIR AuditEvent name an act. */
export interface EventKind {
  readonly event: DicomCode;
  readonly type?: DicomCode;
  /** Create, read, update, delete, execute. */
  readonly action: "C" | "R" | "U" | "D" | "E";
  /** 0 success; 4 minor, 8 serious, 12 major failure. */
  readonly outcome: 0 | 4 | 8 | 12;
}

const activity = { code: "110100", meaning: "Application Activity" };
const auditUsed = { code: "110101", meaning: "Audit Log Used" };
const alert = { code: "110113", meaning: "Security Alert" };
const authentication = { code: "110114", meaning: "User Authentication" };
const start = { code: "110120", meaning: "Application Start" };
const login = { code: "110122", meaning: "Login" };
const logout = { code: "110123", meaning: "Logout" };
const nodeAuthentication = { code: "110126", meaning: "Node Authentication" };
const configuration = { code: "110129", meaning: "Security Configuration" };
const restricted = { code: "110132", meaning: "Use of Restricted Function" };
const overrideStarted = { code: "110127", meaning: "Emergency Override Started" };
const overrideStopped = { code: "110138", meaning: "Emergency Override Stopped" };
const attributes = { code: "110137", meaning: "User Security Attributes Changed" };

const loggedIn = { event: authentication, type: login, action: "E", outcome: 0 } as const;
const loggedOut = { event: authentication, type: logout, action: "E", outcome: 0 } as const;
const configured = { event: alert, type: configuration, action: "U", outcome: 0 } as const;

const kinds: Readonly<Record<TrailAct, EventKind>> = {
  "broker-started": { event: activity, type: start, action: "E", outcome: 0 },
  "workstation-enrolled": { event: alert, type: nodeAuthentication, action: "C", outcome: 0 },
  "session-opened": loggedIn,
  "session-resumed": loggedIn,
  "session-moved": loggedIn,
  "seat-covered": { event: authentication, action: "E", outcome: 0 },
  "seat-displaced": { event: authentication, action: "E", outcome: 0 },
  "session-ended": loggedOut,
  "federation-asked": { event: authentication, action: "E", outcome: 0 },
  "sign-in-denied": { ...loggedIn, outcome: 4 },
  "fallback-requested": { event: alert, type: attributes, action: "C", outcome: 0 },
  "fallback-approved": { event: alert, type: attributes, action: "U", outcome: 0 },
  "fallback-issued": { event: alert, type: attributes, action: "C", outcome: 0 },
  "fallback-used": loggedIn,
  "fallback-denied": { ...loggedIn, outcome: 4 },
  "fallback-ended": { event: alert, type: attributes, action: "D", outcome: 0 },
  "fallback-revoked": { event: alert, type: attributes, action: "D", outcome: 0 },
  "fallback-sprayed": { event: alert, type: restricted, action: "E", outcome: 8 },
  "directory-password-denied": { ...loggedIn, outcome: 4 },
  "sign-in-pause-ended": { event: alert, type: attributes, action: "U", outcome: 0 },
  "break-glass-opened": { event: alert, type: overrideStarted, action: "E", outcome: 0 },
  "break-glass-denied": { event: alert, type: overrideStarted, action: "E", outcome: 4 },
  "break-glass-ended": { event: alert, type: overrideStopped, action: "E", outcome: 0 },
  "break-glass-revoked": { event: alert, type: overrideStopped, action: "E", outcome: 0 },
  "break-glass-reviewed": { event: auditUsed, action: "U", outcome: 0 },
  "break-glass-alarm": { event: alert, type: overrideStarted, action: "E", outcome: 8 },
  "card-reported-lost": { event: alert, type: attributes, action: "D", outcome: 0 },
  "card-loss-withdrawn": { event: alert, type: attributes, action: "C", outcome: 0 },
  "notice-sent": { event: activity, action: "E", outcome: 0 },
  "notice-not-sent": { event: activity, action: "E", outcome: 4 },
  "second-factor-asked": { event: authentication, action: "E", outcome: 0 },
  "second-factor-abandoned": { ...loggedIn, outcome: 4 },
  "second-factor-registered": { event: alert, type: attributes, action: "C", outcome: 0 },
  "second-factor-removed": { event: alert, type: attributes, action: "D", outcome: 0 },
  "second-factors-reset": { event: alert, type: attributes, action: "D", outcome: 0 },
  "pin-renewed": { event: alert, type: attributes, action: "U", outcome: 0 },
  "pin-renewal-denied": { event: alert, type: attributes, action: "U", outcome: 4 },
  "application-launched": { event: activity, action: "E", outcome: 0 },
  "launch-denied": { event: alert, type: restricted, action: "E", outcome: 4 },
  "step-up-asked": { event: authentication, action: "E", outcome: 0 },
  "step-up-done": loggedIn,
  "step-up-refused": { ...loggedIn, outcome: 4 },
  "application-signed-in": loggedIn,
  "application-signed-out": loggedOut,
  "application-not-told": { ...loggedOut, outcome: 4 },
  "provider-keys-rotated": configured,
  "trust-changed": configured,
  "policies-changed": configured,
  "policies-refused": { ...configured, outcome: 8 },
  "holder-alias-added": { event: alert, type: attributes, action: "C", outcome: 0 },
  "holder-alias-removed": { event: alert, type: attributes, action: "D", outcome: 0 },
  "context-subscribed": { event: activity, action: "E", outcome: 0 },
  "context-unanswered": { event: activity, action: "E", outcome: 4 },
  "revocation-source-failed": { event: alert, action: "E", outcome: 8 },
  "revocation-source-recovered": { event: alert, action: "E", outcome: 0 },
  "activity-chosen": { event: authentication, type: attributes, action: "U", outcome: 0 },
  "activity-ended": { event: authentication, type: attributes, action: "U", outcome: 0 },
  "house-changed": configured,
  "enrolment-code-made": { event: alert, type: configuration, action: "C", outcome: 0 },
  "workstation-moved": configured,
  "workstation-withdrawn": { event: alert, type: configuration, action: "D", outcome: 0 },
  "directory-synced": configured,
  "directory-accounts-ended": { event: alert, type: attributes, action: "D", outcome: 0 },
  "directory-source-failed": { event: alert, action: "E", outcome: 8 },
  "directory-source-recovered": { event: alert, action: "E", outcome: 0 },
  "directory-source-removed": { event: alert, type: configuration, action: "D", outcome: 0 },
  "directory-loss-accepted": configured,
  "directory-person-changed": { event: alert, type: attributes, action: "U", outcome: 0 },
  "directory-imported": configured,
  "directory-entry-provisioned": { event: alert, type: attributes, action: "U", outcome: 0 },
  "trail-queried": { event: auditUsed, action: "R", outcome: 0 },
  "trail-exported": { event: auditUsed, action: "R", outcome: 0 },
  "report-made": { event: auditUsed, action: "R", outcome: 0 },
  "trail-inconsistent": { event: alert, action: "E", outcome: 12 },
  "trail-segment-archived": { event: auditUsed, action: "R", outcome: 0 },
  "trail-segment-removed": { event: auditUsed, action: "D", outcome: 0 },
  "trail-key-made": { event: alert, type: configuration, action: "C", outcome: 0 },
  "trail-key-destroyed": { event: alert, type: configuration, action: "D", outcome: 0 },
};

export function eventKindOf({ act }: TrailRecord): EventKind {
  return kinds[act];
}
