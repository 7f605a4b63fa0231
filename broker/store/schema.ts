import type { SecondFactor } from "../../core/second-factor/second-factor.ts";
import type { EntryStanding } from "../../protocol/broker/console/directory-view.ts";
import type { Notice, NoticeRecipient } from "../notices/notice.ts";

export type ScimResourceType = "User" | "Group";

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
    /** PS_IdNat; `claimed:` before it where nobody has proved that it is he, so that it is in nobody's way. */
    holder: string;
    /** JSON of SessionHolder. */
    holder_json: string;
    means: string;
    /** A `SecondFactor`; `null`: one proof was enough. */
    second_factor: string | null;
    /** JSON of Activity. */
    activity_json: string | null;
    opened_at: number;
    /** `null`: the session is older than this column. */
    proven_at: number | null;
    expires_at: number;
    seat: string | null;
    seat_workstation: string | null;
    seat_state: string | null;
    absent_since: number | null;
    /** The glass that is broken in it, and until when. */
    break_glass: string | null;
    break_glass_until: number | null;
  };
  /** Who is signed in to which application, so that it can be told when that is over, also after a restart. */
  application_sign_in: {
    grant_id: string;
    provider_session: string;
    client_id: string;
    application: string;
    /** `removal` or `end`. */
    logout_at: string;
    holder: string;
    sid: string;
    session: string;
    seat: string;
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
    /** Where it was opened last. */
    workstation: string | null;
  };
  /** What a holder chose last at each place. */
  chosen_activity: {
    holder: string;
    place: string;
    /** Its identifier. */
    activity: string;
    at: number;
  };
  favourite_application: {
    holder: string;
    application: string;
    at: number;
  };
  /** What a holder opened last at each place: the newest few. */
  recent_application: {
    holder: string;
    place: string;
    application: string;
    at: number;
  };
  refusal_report: {
    report: string;
    at: number;
  };
  /** What holders have registered to prove themselves with beside card or password. */
  second_factor: {
    id: string;
    holder: string;
    /** A `SecondFactor`. */
    kind: SecondFactor;
    registered_at: number;
    used_at: number | null;
    /** The last time step of a code that was used, or the key's own counter. */
    counter: number;
    /** JSON of what its kind needs besides; a secret is sealed. */
    facts_json: string;
  };
  /** The last change of what a holder has registered: he is told of it at his next sign-in by card. */
  second_factor_notice: {
    holder: string;
    at: number;
    /** When he was. */
    told_at: number | null;
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
  /** The trail by its months, once they are over: what is archived and may be removed. */
  trail_segment: {
    /** 1 for the first; none is left out. */
    number: number;
    /** The numbers of its records, the first and the last. */
    first: number;
    last: number;
    /** Hash of the last record, hex. */
    head: string;
    /** When the last record was written. */
    ended_at: number;
    /** The archive's file within the archive's folder, and its SHA-256, hex. */
    archive_file: string | null;
    archive_hash: string | null;
    removed_at: number | null;
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
  /** Persons and groups as each source of the directory knows them. */
  directory_entry: {
    source: string;
    kind: "person" | "group";
    key: string;
    reference: string;
    holder: string | null;
    /** Groups are active, or deleted. */
    standing: EntryStanding;
    /** When a person's account ends. */
    active_until: number | null;
    name: string;
    /** The name without case and accents: what lists are in the order of. */
    name_order: string;
    /** The words of `name_order` in alphabetical order: names that differ here are not one person's. */
    name_words: string;
    /** JSON of the DirectoryEntry as its source brought it last. */
    entry_json: string;
  };
  /** The beginnings by which persons are found: words of the name, identifier, account, mail, without case and accents. */
  directory_word: {
    source: string;
    key: string;
    word: string;
  };
  directory_member: {
    source: string;
    group_key: string;
    /** The reference of a person or group of the same source. */
    member: string;
  };
  /** What a look at a source has brought so far, until it is taken over whole. */
  directory_staged: {
    source: string;
    kind: "person" | "group";
    key: string;
    standing: EntryStanding;
    entry_json: string;
  };
  directory_source: {
    source: string;
    /** JSON of DirectorySourceState. */
    state_json: string;
  };
  /** Persons and groups as clients of SCIM wrote them, beside their directory_entry; a group's members stand in directory_member. */
  scim_resource: {
    source: string;
    type: ScimResourceType;
    id: string;
    version: number;
    /** In lower case, as names are compared without regard to case. */
    user_name: string | null;
    external_id: string | null;
    /** In lower case. */
    display_name: string | null;
    /** JSON of a ScimObject. */
    resource_json: string;
    created_at: number;
    modified_at: number;
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
  /** What administrators keep in the console beside the configuration file, whole, at each of their changes; the highest counts. */
  house_version: {
    version: number;
    /** JSON of KeptHouse, its secrets sealed. */
    document: string;
    /** SHA-256 of the document, hex. */
    hash: string;
    /** JSON of HouseDifference[]: against the version before. */
    differences_json: string;
    /** PS_IdNat of the administrator. */
    by_holder: string;
    reason: string;
    at: number;
  };
  /** Temporary access by password: what is living, and what ended within the last month. */
  fallback: {
    id: string;
    /** PS_IdNat. */
    holder: string;
    /** JSON of Fallback. */
    fallback_json: string;
    /** JSON: by what its holder may call himself, as names are compared. */
    names_json: string;
    /** argon2id, PHC string format. */
    password_hash: string | null;
    requested_at: number;
    issued_at: number | null;
    /** The sign-in by card with which its holder was told of it. */
    told_at: number | null;
    ended_at: number | null;
  };
  /** Glasses broken in an emergency: kept until a year after their review. */
  break_glass: {
    id: string;
    /** PS_IdNat. */
    holder: string;
    place: string;
    /** JSON of BreakGlass. */
    glass_json: string;
    opened_at: number;
    ended_at: number | null;
    reviewed_at: number | null;
    /** When it was alarmed that nobody reviews it. */
    overdue_at: number | null;
  };
  /** What was opened by a broken glass. */
  break_glass_launch: {
    break_glass: string;
    application: string;
    at: number;
  };
  /** What the last card of each holder said of him. */
  known_holder: {
    holder: string;
    /** JSON of SessionHolder. */
    holder_json: string;
    /** The words of his name, as `nameWords` makes them; `null`: he has not used his card since there is this column. */
    name_words: string | null;
    at: number;
  };
  /** Holders whose cards of before are refused. */
  lost_card: {
    holder: string;
    reported_at: number;
    by_holder: string;
    reason: string;
  };
  /** Mails that wait to be sent; one that is sent, or given up, is no more. */
  notice: {
    id: string;
    kind: Notice["kind"];
    /** PS_IdNat: whom it is about. */
    holder: string | null;
    recipient: NoticeRecipient;
    address: string;
    subject: string;
    text: string;
    queued_at: number;
    /** How often it was tried, the try that is under way included. */
    tries: number;
    next_try_at: number;
  };
  /** How long stages of sign-ins took, by day (`YYYY-MM-DD` of the hospital's zone), place and class of core/statistics. */
  stage_count: {
    day: string;
    place: string;
    stage: string;
    class: number;
    count: number;
  };
  /** The same of each workstation, of its sign-ins from end to end alone. */
  workstation_stage_count: {
    day: string;
    workstation: string;
    class: number;
    count: number;
  };
  /** How many signed in by which means, by day and hour of the hospital's zone. */
  sign_in_count: {
    day: string;
    hour: number;
    place: string;
    means: string;
    count: number;
  };
  /** Cards that signed somebody in, without their certificates. */
  known_card: {
    /** SHA-256, base64url. */
    certificate_hash: string;
    holder: string;
    holder_name: string;
    /** Of table G02, where the card's rules say one. */
    family: string | null;
    /** A name for people to read. */
    issuer: string;
    /** Hex. */
    serial: string;
    not_before: number;
    not_after: number;
    first_seen: number;
    last_seen: number;
  };
  /** What each workstation last said of itself. */
  workstation_state: {
    workstation: string;
    /** JSON of WorkstationState; `null`: it has not said. */
    state_json: string | null;
    seen_at: number;
  };
}
