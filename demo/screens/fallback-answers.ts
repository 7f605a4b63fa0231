import type { FallbackAnswer, FallbackEntry, FallbackView } from "../../protocol/broker/console/fallback.ts";
import { consoleRoutes } from "../../protocol/broker/console/routes.ts";

const now = Date.now();
const hours = (count: number) => count * 3_600_000;
const me = { id: "899700075064", displayName: "Camille AUBERT" };
const colleague = { id: "899700855697", displayName: "Karim BENALI" };
const none = { approve: false, issue: false, revoke: false };

const entry = (id: string, displayName: string, more: Partial<FallbackEntry>): FallbackEntry => ({
  id,
  holder: { id, displayName },
  profile: "Une garde",
  state: "issued",
  reason: "carte restée au domicile",
  requestedBy: me,
  requestedAt: now - hours(2),
  may: { ...none, revoke: true },
  ...more,
});

const view: FallbackView = {
  now,
  offer: {
    profiles: [
      { id: "shift", name: "Une garde", minutes: 720, signIns: 20, places: ["Cardiologie"], secondPerson: false },
      { id: "day", name: "Une journée, partout", minutes: 1440, signIns: 40, secondPerson: true },
    ],
    checklist: [
      {
        id: "call-back",
        text: {
          fr: "Rappelé au numéro de l’annuaire",
          en: "Called back at the directory’s number",
          es: "Llamada devuelta al número del directorio",
          ca: "Trucada retornada al número del directori",
        },
        required: true,
      },
      {
        id: "question",
        text: { fr: "Question convenue", en: "The agreed question", es: "Pregunta acordada", ca: "Pregunta acordada" },
        required: true,
      },
      {
        id: "manager",
        text: {
          fr: "Cadre du service joint",
          en: "The ward’s manager was asked",
          es: "Consultado el mando del servicio",
          ca: "Consultat el comandament del servei",
        },
        required: false,
      },
    ],
  },
  fallbacks: [
    entry("899700218896", "Inès MOREL", {
      state: "requested",
      profile: "Une journée, partout",
      requestedBy: colleague,
      requestedAt: now - hours(0.05),
      until: now + hours(0.45),
      may: { approve: true, issue: false, revoke: true },
    }),
    entry("899700411253", "Hélène ROBIN", {
      state: "approved",
      profile: "Une journée, partout",
      approvedBy: colleague,
      reason: "carte bloquée",
      until: now + hours(0.3),
      may: { approve: false, issue: true, revoke: true },
    }),
    entry("899700633475", "Sofia LAMBERT", { state: "active", until: now + hours(9.5), left: 17 }),
    entry("899700744586", "Paul NGUYEN", {
      state: "ended-by-card",
      requestedBy: colleague,
      requestedAt: now - hours(9),
      endedAt: now - hours(4),
      may: none,
    }),
  ],
  lostCards: [
    {
      holder: { id: "899700633475", displayName: "Sofia LAMBERT" },
      reportedAt: now - hours(2),
      by: me,
      reason: "sac volé dans le bus",
    },
  ],
};

const issued: FallbackAnswer = {
  state: "issued",
  password: "H7KQ3WZ4NDM6XTY",
  until: now + hours(12),
  signIns: 20,
};

/** What the broker would say of temporary access. */
export const fallbackAnswers = {
  [consoleRoutes.fallback.path]: view,
  [consoleRoutes.requestFallback.path]: issued,
};
export const noFallbackAnswers = {
  [consoleRoutes.fallback.path]: { now, fallbacks: [], lostCards: [] } satisfies FallbackView,
};
