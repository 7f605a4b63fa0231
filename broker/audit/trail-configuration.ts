import { readFileSync } from "node:fs";
import { z } from "zod";

/** Who is believed at the other end, and who we are; PEM files, relative to the configuration's folder. */
const tls = {
  /** The authorities of the receiver's certificate; absent: those that Node knows. */
  authority: z.string().optional(),
  /** Our certificate and its key, where the receiver asks for them. */
  certificate: z.string().optional(),
  key: z.string().optional(),
};

const name = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** Where the trail keeps identifiers by a key: whether this export has those, or the clear ones as far as the broker knows them. */
const identifiers = z.enum(["as-kept", "clear"]).default("as-kept");

const trailExport = z.discriminatedUnion("to", [
  /** RFC 5424 over TLS (RFC 5425) with DICOM audit messages. */
  z.strictObject({
    name,
    identifiers,
    to: z.literal("syslog"),
    host: z.string().min(1),
    port: z.number().int().min(1).max(65_535).default(6514),
    ...tls,
  }),
  /** AuditEvent of FHIR R4. */
  z.strictObject({
    name,
    identifiers,
    to: z.literal("fhir"),
    /** The server's base, without AuditEvent. */
    url: z.url(),
    /** A file whose content goes along as the bearer token; read at every attempt. */
    tokenFile: z.string().optional(),
    ...tls,
  }),
]);
export type TrailExport = z.output<typeof trailExport>;

/** The longest that a rule of ours asks for is six years. */
const months = z.number().int().min(1).max(240);

const retention = z.strictObject({
  /** A folder, best on a disk of somebody else: each month that is over is written there. */
  archive: z.string(),
  /** How long after its end a month stays in the store; absent: for ever. */
  months: months.optional(),
});

export const trailConfiguration = z.strictObject({
  /** How often a checkpoint is signed where something was recorded. */
  checkpointSeconds: z.number().min(1).max(3600).default(60),
  /** A file that always holds the last checkpoint: on a disk of somebody else. */
  checkpointFile: z.string().optional(),
  /** Keeps identifiers of persons as keyed hashes; absent: as they are. */
  identifiers: z
    .strictObject({
      /** How long a key is used. */
      keyMonths: months.default(12),
      /** How long after that it is destroyed, so that nobody can tell any more whose the records were; absent: never. */
      destroyAfterMonths: months.optional(),
    })
    .optional(),
  /** What becomes of the months that are over; absent: nothing. */
  retention: retention.optional(),
  exports: z
    .array(trailExport)
    .default([])
    .refine(list => new Set(list.map(one => one.name)).size === list.length, "two exports of one name"),
});
export type TrailConfiguration = z.output<typeof trailConfiguration>;

/** With every path absolute. */
export function trailFrom(configuration: TrailConfiguration, from: (path: string) => string): TrailConfiguration {
  const { checkpointFile, retention: kept, exports } = configuration;
  return {
    ...configuration,
    ...(checkpointFile === undefined ? {} : { checkpointFile: from(checkpointFile) }),
    ...(kept === undefined ? {} : { retention: { ...kept, archive: from(kept.archive) } }),
    exports: exports.map(one => {
      const files = Object.entries(one).map(([member, value]) => [
        member,
        pathMembers.has(member) ? from(String(value)) : value,
      ]);
      return trailExport.parse(Object.fromEntries(files));
    }),
  };
}

const pathMembers = new Set(["authority", "certificate", "key", "tokenFile"]);

/** The files' contents, for TLS. Throws where one cannot be read. */
export function tlsFiles({ authority, certificate, key }: Pick<TrailExport, "authority" | "certificate" | "key">) {
  return {
    ...(authority === undefined ? {} : { ca: readFileSync(authority, "utf8") }),
    ...(certificate === undefined ? {} : { cert: readFileSync(certificate, "utf8") }),
    ...(key === undefined ? {} : { key: readFileSync(key, "utf8") }),
  };
}
