import type { BreakGlassView, GlassEntry } from "../../protocol/broker/console/break-glass.ts";
import { consoleRoutes } from "../../protocol/broker/console/routes.ts";

const now = Date.now();
const minutes = (count: number) => count * 60_000;
const days = (count: number) => minutes(count * 24 * 60);
const vital = { fr: "Urgence vitale", en: "A life is at risk", es: "Urgencia vital", ca: "Urgència vital" };
const continuity = {
  fr: "Continuité des soins",
  en: "Care has to go on",
  es: "Continuidad asistencial",
  ca: "Continuïtat assistencial",
};

const entry = (id: string, displayName: string, more: Partial<GlassEntry>): GlassEntry => ({
  id,
  holder: { id, displayName },
  identity: "proved",
  state: "over",
  reason: { kind: vital, words: "lit 12, arrêt cardiaque" },
  workstationName: "CARDIO-01",
  placeName: "Cardiologie – 3ᵉ étage",
  openedAt: now - minutes(11),
  launches: [{ application: "laboratory", name: "Résultats de laboratoire", at: now - minutes(10) }],
  may: { revoke: false, review: true },
  ...more,
});

const view: BreakGlassView = {
  now,
  offered: true,
  glasses: [
    entry("899700218896", "Inès MOREL", {
      state: "open",
      until: now + minutes(19),
      may: { revoke: true, review: false },
    }),
    entry("899700633475", "Sofia LAMBERT", {
      identity: "claimed",
      reason: { kind: continuity, words: "relève, carte bloquée, allergies à vérifier" },
      workstationName: "URGENCES-07",
      placeName: "Urgences",
      openedAt: now - minutes(95),
      endedAt: now - minutes(80),
      end: "session",
      dueAt: now + days(2.9),
      launches: [{ application: "patient-record", name: "Dossier patient", at: now - minutes(94) }],
    }),
    entry("899700855697", "Karim BENALI", {
      openedAt: now - days(5),
      endedAt: now - days(5) + minutes(30),
      end: "time",
      dueAt: now - days(2),
      launches: [],
    }),
    entry("899700744586", "Paul NGUYEN", {
      state: "reviewed",
      openedAt: now - days(8),
      endedAt: now - days(8) + minutes(12),
      end: "person",
      review: {
        by: { id: "899700411253", displayName: "Hélène ROBIN" },
        at: now - days(7),
        finding: "justified",
        words: "vu avec le cadre du service",
      },
      may: { revoke: false, review: false },
    }),
  ],
};

const open = view.glasses.flatMap(({ id, holder, identity, placeName, until }) =>
  until === undefined ? [] : [{ id, holder, identity, placeName, until }],
);

/** What the broker would say of emergency access: none is open, or one is. */
export const breakGlassAnswers = {
  [consoleRoutes.openGlasses.path]: { now, open: [] },
  [consoleRoutes.breakGlass.path]: view,
};
export const openGlassAnswers = { ...breakGlassAnswers, [consoleRoutes.openGlasses.path]: { now, open } };
export const noBreakGlassAnswers = {
  ...breakGlassAnswers,
  [consoleRoutes.breakGlass.path]: { now, offered: false, glasses: [] } satisfies BreakGlassView,
};
