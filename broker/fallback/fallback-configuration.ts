import { z } from "zod";
import { longestFallbackMinutes } from "../../core/fallback/fallback-profile.ts";

const identifier = z.string().regex(/^[a-z0-9-]{1,40}$/);

const profile = z.strictObject({
  id: identifier,
  name: z.string().min(1).max(60),
  /** How long the access lasts from its issue on. */
  minutes: z.number().int().min(5).max(longestFallbackMinutes),
  /** How often the password signs in, coming back to a locked screen included. */
  signIns: z.number().int().min(1).max(200),
  /** Ids of places where it counts, with all that is within them; absent: everywhere. */
  places: z.array(z.string()).min(1).optional(),
  /** True where the password counts only with a second factor (docs/outside-access.md), wherever it is. */
  secondFactor: z.boolean().optional(),
  /** True where a second person of the helpdesk has to approve it. */
  secondPerson: z.boolean(),
});

/** A point that whoever issues an access makes sure of, e.g. a call back. */
const check = z.strictObject({
  id: identifier,
  /** As the console shows it, by language; the first where the language is not there. */
  text: z.record(z.string().length(2), z.string().min(1).max(200)).refine(text => Object.keys(text).length > 0),
  /** Nothing is asked for before it is ticked. */
  required: z.boolean().default(true),
});

/** Where, and for how long, a password of the directory opens a session to a holder without his card. */
const directoryPassword = z.strictObject({
  /** Id of the LDAP source whose servers are asked. */
  source: identifier,
  /** Ids of places, with all that is within them; absent: everywhere. */
  places: z.array(z.string()).min(1).optional(),
  /** The session ends after this time. */
  minutes: z.number().int().min(5).max(720),
});
export type DirectoryPasswordProfile = z.output<typeof directoryPassword>;
/** From when on temporary access is so common that somebody should look (docs/console.md). */
export const fallbackAlarms = z.strictObject({
  /** Sign-ins without card of 100 at a place. */
  perHundred: z.number().min(0).max(100).default(5),
  /** Accesses that were issued to one person within 30 days. */
  perPerson: z.number().int().min(1).max(100).default(3),
  /** Places with fewer sign-ins are no alarm. */
  fewest: z.number().int().min(1).max(100_000).default(20),
});

/** Temporary access for holders without their card (docs/fallback.md). */
export const fallbackConfiguration = z
  .strictObject({
    profiles: z.array(profile).default([]),
    /** Of several that cover a place, the first in which the holder is found counts. */
    directoryPasswords: z.array(directoryPassword).max(20).default([]),
    checklist: z.array(check).default([]),
    /** How fast passwords may be tried. */
    throttling: z
      .strictObject({
        /** Wrong passwords for one name before it has to pause. */
        freeTries: z.number().int().min(1).max(50).default(5),
        /** The first pause; each further one is twice as long, up to the longest. */
        firstPauseSeconds: z.number().int().min(1).max(3600).default(15),
        longestPauseSeconds: z.number().int().min(1).max(3600).default(300),
        /** Tries at one workstation within five minutes. */
        workstationTries: z.number().int().min(1).max(1000).default(30),
        /** Tries in the whole hospital within five minutes. */
        allTries: z.number().int().min(1).max(100_000).default(600),
        /** So many names refused at one workstation within ten minutes, or three times as many anywhere: somebody tries names out. */
        sprayedNames: z.number().int().min(2).max(1000).default(6),
      })
      .prefault({}),
    alarms: fallbackAlarms.prefault({}),
  })
  .superRefine(({ profiles, checklist, directoryPasswords }, context) => {
    if (profiles.length + directoryPasswords.length === 0)
      context.addIssue({ code: "custom", path: ["profiles"], message: "neither these nor directoryPasswords" });
    for (const [list, entries] of Object.entries({ profiles, checklist }))
      entries.forEach(({ id }, index) => {
        if (entries.findIndex(one => one.id === id) < index)
          context.addIssue({ code: "custom", path: [list, index, "id"], message: `“${id}” is taken` });
      });
  });
export type FallbackConfiguration = z.output<typeof fallbackConfiguration>;
