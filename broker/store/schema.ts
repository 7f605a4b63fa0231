/** The tables, for Kysely. Times are milliseconds since 1970; column types hold on SQLite and PostgreSQL alike. */
export interface Schema {
  workstation: {
    id: string;
    name: string;
    place: string;
    /** SHA-256 of the SubjectPublicKeyInfo, base64url. */
    key_hash: string;
    enrolled_at: number;
  };
  enrolment_code: {
    /** SHA-256 of the secret, base64url. */
    secret_hash: string;
    place: string;
    expires_at: number;
  };
  session: {
    id: string;
    holder: string;
    /** JSON of SessionHolder. */
    holder_json: string;
    means: string;
    opened_at: number;
    /** `null`: the session is older than this column. */
    proven_at: number | null;
    expires_at: number;
    seat: string | null;
    seat_workstation: string | null;
    seat_state: string | null;
    absent_since: number | null;
  };
  lost_seat: {
    seat: string;
    workstation: string;
    reason: string;
    at: number;
    moved_to: string | null;
  };
  launch: {
    session: string;
    application: string;
    opened_at: number;
  };
  refusal_report: {
    report: string;
    at: number;
  };
  trail_record: {
    sequence: number;
    text: string;
    hash: string;
  };
  /** Every checkpoint that was signed; none is ever left out. */
  trail_checkpoint: {
    /** 1 for the first. */
    number: number;
    /** How many records it covers. */
    size: number;
    /** The signed note (C2SP tlog-checkpoint). */
    note: string;
  };
  /** The trail's Merkle tree, up to the last checkpoint: proofs are made from it. */
  trail_tile: {
    level: number;
    position: number;
    /** Up to 256 hashes of 32 bytes, base64. */
    hashes: string;
  };
  /** How far each continuous export has come. */
  trail_export: {
    name: string;
    /** The last record that its receiver has. */
    sequence: number;
  };
  /** Where to look for records. No part of the trail: it can be made anew from the records' texts. */
  trail_index: {
    sequence: number;
    at: number;
    act: string;
    holder: string | null;
    /** The administrator who did it. */
    by_holder: string | null;
    workstation: string | null;
    application: string | null;
  };
  /** Every trust bundle that was applied; the highest version is in force. */
  trust_bundle: {
    version: number;
    /** The signed bundle as it came: a compact JWS. */
    bundle: string;
    applied_at: number;
  };
  /** Certificates that signed somebody in, for a day: whom would another trust document refuse? */
  recent_card: {
    /** SHA-256, base64url. */
    certificate_hash: string;
    /** DER, base64. */
    certificate: string;
    proof_key: string;
    at: number;
  };
  /** Identifiers of cards whose holder is known by another one now. */
  holder_alias: {
    identifier: string;
    holder: string;
    since: number;
  };
  /** How each source of revocation data fares, for the command line and every broker on this store. */
  revocation_source: {
    address: string;
    /** JSON of SourceState. */
    state_json: string;
  };
  /** Every set of policies that was in force; the latest is. */
  policy_set: {
    /** SHA-256, hex. */
    version: string;
    /** JSON of PolicySource[]. */
    sources_json: string;
    applied_at: number;
  };
  /** Who was shown a portal where and by which means, for a day: who would gain or lose what by other policies? */
  recent_portal: {
    /** SHA-256 of the question without its time, base64url. */
    question_hash: string;
    /** JSON of RecentPortal, without its time. */
    question_json: string;
    at: number;
  };
}
