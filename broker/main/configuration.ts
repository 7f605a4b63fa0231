import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { glassIdentities } from "../../core/break-glass/break-glass.ts";
import { ownApplication } from "../../core/second-factor/own-application.ts";
import { allMeans } from "../../core/session/means.ts";
import { consoleApplication } from "../../protocol/broker/console/console-application.ts";
import { consoleRoles } from "../../protocol/broker/console/roles.ts";
import { trailConfiguration, trailFrom } from "../audit/trail-configuration.ts";
import { breakGlassConfiguration } from "../break-glass/break-glass-configuration.ts";
import { directoryConfiguration, directoryFrom } from "../directory/directory-configuration.ts";
import { directoryPasswordFaults } from "../fallback/directory-password-faults.ts";
import { fallbackConfiguration } from "../fallback/fallback-configuration.ts";
import { federationConfiguration, federationFrom } from "../federation/federation-configuration.ts";
import { houseFaults } from "../house/house-faults.ts";
import { noticeConfiguration, noticesFrom } from "../notices/notice-configuration.ts";
import { clientConfiguration, withSecret } from "../oidc/client-configuration.ts";
import { resourceServerConfiguration } from "../oidc/resource-servers.ts";
import { samlConfiguration } from "../saml/saml-configuration.ts";
import { samlFrom } from "../saml/saml-from.ts";
import { isPostgresqlAddress } from "../store/engine/postgresql-address.ts";
import { postgresqlConfiguration, postgresqlFrom } from "../store/engine/postgresql-configuration.ts";
import { trustConfiguration, trustFrom } from "../trust/trust-configuration.ts";

const door = z.strictObject({
  host: z.string(),
  port: z.number().int().min(0).max(65_535),
});

export const application = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .refine(id => id !== consoleApplication.id && id !== ownApplication.id, "a name of the broker's own"),
    name: z.string().min(1).max(60),
    /** A name of the lucide icon set. */
    icon: z.string(),
    /** Where an application with `client` starts: its third-party-initiated login address (OpenID Connect Core, section 4). */
    initiateLoginUri: z.url().optional(),
    /** Told to the application as `target_link_uri`: where its holder is taken once signed in. Never anything that a request brought. */
    targetLinkUri: z.url().optional(),
    /** It signs in by OpenID Connect. */
    client: clientConfiguration.optional(),
    /** It signs in by SAML 2.0. */
    saml: samlConfiguration.optional(),
    /** It may subscribe to the FHIRcast hub (docs/fhircast.md), with the tokens of its `client`. */
    fhircast: z.boolean().optional(),
    /** Profession codes of table G15; absent: every profession. */
    professions: z.array(z.number().int()).optional(),
    /** Means by which it may be opened; absent: the card, with PIN or without. */
    means: z.array(z.enum(allMeans)).optional(),
    /** In an emergency it opens to every profession: to who has `proved` himself by card and PIN, or `claimed` to be somebody, too. */
    breakGlass: z.enum(glassIdentities).optional(),
    /** Where it stands in the portal; policies may name it as ApplicationGroup. */
    group: z.string().min(1).max(60).optional(),
  })
  .superRefine(checkSignIn);
export type ApplicationConfiguration = z.infer<typeof application>;

export const place = z.strictObject({
  id: z.string().min(1).max(60),
  /** The place that this one is part of. */
  within: z.string().optional(),
  /** The application that this place is for: it starts as soon as somebody who may open it has signed in. */
  startApplication: z.string().optional(),
  name: z.string(),
  helpdeskPhone: z.string(),
  /** True where it lies outside the hospital, with all that is within it: one proof gives no seat there (docs/outside-access.md). */
  external: z.boolean().optional(),
  /** How long after removal the card alone brings the session back; 0: never. */
  graceSeconds: z.number().int().min(0).max(14_400),
  /** How long nobody has to have touched the workstation for the seat to be covered, card in the reader or not; 0: never. */
  idleSeconds: z.number().int().min(0).max(14_400).default(900),
});
export type PlaceConfiguration = z.infer<typeof place>;

/** A group of holders, for policies to name: an administrator's own list, where no directory gives it. */
export const holderGroup = z.strictObject({
  id: z.string().min(1).max(60),
  /** PS_IdNat. */
  holders: z.array(z.string()),
});

/** A structure that cards name by number only, e.g. a practice of the town: what people call it. */
export const structure = z.strictObject({
  /** Struct_IdNat. */
  id: z.string().min(1).max(60),
  name: z.string().min(1).max(120),
});
export type StructureConfiguration = z.infer<typeof structure>;

const administrator = z.strictObject({
  /** PS_IdNat: the identifier that sessions know the holder by. */
  holder: z.string().min(1).max(130),
  roles: z.array(z.enum(consoleRoles)).min(1),
});

export const brokerConfiguration = z
  .strictObject({
    /** The broker's file; keys stand beside it. Relative paths start at the configuration's folder. */
    store: z.string().refine(file => !isPostgresqlAddress(file), "a file; a database stands in `postgresql`"),
    /** The store is in this database instead; the keys stand beside where `store` would be. */
    postgresql: postgresqlConfiguration.optional(),
    /** For workstations: mutual TLS. `origin` is what workstations are told. */
    agents: door.extend({ origin: z.url() }),
    /** For browsers: plain HTTP, on loopback behind the hospital's reverse proxy. `origin` is what browsers see. */
    web: door.extend({
      origin: z.url(),
      /** The header in which the reverse proxy hands an application's TLS certificate over (RFC 8705); absent: none are believed. */
      clientCertificateHeader: z.string().min(1).optional(),
      /** The header that reads `SUCCESS` where the proxy's authorities issued that certificate. */
      clientCertificateVerifiedHeader: z.string().min(1).optional(),
    }),
    identityProvider: z
      .strictObject({
        /** How long a signing key is used, days. */
        keyDays: z.number().min(1).max(3650).default(90),
        resources: z.array(resourceServerConfiguration).default([]),
      })
      .prefault({}),
    /** For a monitor: `GET /metrics`, plain HTTP without sign-in, so for loopback or a network of monitors. Absent: closed. */
    metrics: door.optional(),
    trust: trustConfiguration,
    /** Accepts TEST cards, and says so on every screen. */
    demonstration: z.boolean().default(false),
    sessionHours: z.number().min(1).max(24).default(12),
    places: z.array(place).min(1),
    groups: z.array(holderGroup).default([]),
    /** Where persons and their groups come from (docs/directory.md). */
    directory: directoryConfiguration.prefault({}),
    structures: z.array(structure).default([]),
    /** A folder of `*.cedar` files (docs/policies.md). Absent: who may open what stands with each application. */
    policyFolder: z.string().optional(),
    /** IANA name of the zone in which policies tell the time; absent: the machine's. */
    timeZone: z.string().refine(isTimeZone, "no time zone").optional(),
    applications: z.array(application),
    /** For those without a card: a federation confirms who they are, on their phone (docs/pro-sante-connect.md). */
    federation: federationConfiguration.optional(),
    /** Who else keeps the trail, or its checkpoints (docs/trail.md). */
    trail: trailConfiguration.prefault({}),
    /** How long sign-ins take, as the console's Stopwatch page shows it (docs/console.md). */
    stopwatch: z
      .strictObject({
        /** Where 95 of 100 sign-ins of a place do not reach the portal within so many seconds, the page says so. */
        limitSeconds: z.number().min(1).max(600).default(10),
        /** How long counts are kept by day. */
        keepDays: z.number().int().min(1).max(400).default(90),
      })
      .prefault({}),
    /** Temporary access for holders without their card (docs/fallback.md); absent: none is given, and no password opens anything. */
    fallback: fallbackConfiguration.optional(),
    /** Emergency access (docs/break-glass.md); absent: there is none. */
    breakGlass: breakGlassConfiguration.optional(),
    /** What is told by mail, to whom and by which server (docs/operations.md); absent: nothing is. */
    notices: noticeConfiguration.optional(),
    /** Who may use the console, signed in by card; nobody: there is no console. */
    administrators: z.array(administrator).default([]),
  })
  .superRefine((configuration, context) => {
    for (const { path, message } of [...houseFaults(configuration), ...directoryPasswordFaults(configuration)])
      context.addIssue({ code: "custom", path: [...path], message });
  });
export type BrokerConfiguration = z.infer<typeof brokerConfiguration>;

/** Reads a configuration file; throws an `Error` whose message names each fault and its place. */
export function readConfiguration(file: string): BrokerConfiguration {
  let written: unknown;
  try {
    written = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : error}`);
  }
  const parsed = brokerConfiguration.safeParse(written);
  if (!parsed.success) throw new Error(`${file} is no broker configuration:\n${z.prettifyError(parsed.error)}`);
  const { trust, store, postgresql, directory, policyFolder, federation, applications, trail, notices } = parsed.data;
  const from = (path: string) => resolve(dirname(file), path);
  const whole = applications.map(({ client, saml, ...known }) => ({
    ...known,
    ...(client === undefined ? {} : { client: withSecret(client, from) }),
    ...(saml === undefined ? {} : { saml: samlFrom(file, saml) }),
  }));
  // Metadata of service providers stand in files of their own, which are read only now.
  const [twice] = houseFaults({ ...parsed.data, applications: whole });
  if (twice !== undefined) throw new Error(`${file}: ${twice.path.join(".")}: ${twice.message}`);
  return {
    ...parsed.data,
    store: from(store),
    ...(postgresql === undefined ? {} : { postgresql: postgresqlFrom(postgresql, from) }),
    trust: trustFrom(file, trust),
    trail: trailFrom(trail, from),
    ...(federation === undefined ? {} : { federation: federationFrom(federation, from) }),
    ...(notices === undefined ? {} : { notices: noticesFrom(notices, from) }),
    applications: whole,
    directory: directoryFrom(file, directory),
    ...(policyFolder === undefined ? {} : { policyFolder: from(policyFolder) }),
  };
}

/** One way to sign in, whole. */
function checkSignIn(
  {
    client,
    initiateLoginUri,
    saml,
    fhircast,
  }: Partial<Record<"client" | "initiateLoginUri" | "saml" | "fhircast", unknown>>,
  context: z.RefinementCtx,
): void {
  const complain = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  if ((client === undefined) === (saml === undefined)) complain("client", "either this or saml");
  if ((client === undefined) !== (initiateLoginUri === undefined)) complain("initiateLoginUri", "goes with client");
  if (client === undefined && fhircast === true) complain("fhircast", "goes with client");
}

function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
