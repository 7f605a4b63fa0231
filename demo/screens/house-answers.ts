import type { HouseFault } from "../../protocol/broker/console/house-change.ts";
import type { HouseView } from "../../protocol/broker/console/house-view.ts";
import { consoleRoutes } from "../../protocol/broker/console/routes.ts";

const application = (
  id: string,
  name: string,
  icon: string,
  group: string,
  source: "file" | "console",
  more: { readonly policies: string[]; readonly startedAt?: string[]; readonly professions?: number[] },
): HouseView["applications"][number] => {
  const { policies, startedAt = [], professions } = more;
  const base = `https://${id}.chu.example`;
  const entry = {
    ...{ id, name, icon, group },
    initiateLoginUri: `${base}/login`,
    client: { clientId: id, redirectUris: [`${base}/callback`], backchannelLogoutUri: `${base}/logout` },
    ...(professions === undefined ? {} : { professions }),
  };
  return { ...{ id, name, icon, group, source, entry, policies, startedAt } };
};

const place = (
  id: string,
  name: string,
  within: string | undefined,
  source: "file" | "console",
  workstationCount: number,
  more: object = {},
): HouseView["places"][number] => {
  const said = { id, name, within, helpdeskPhone: "15 24", graceSeconds: 300, idleSeconds: 900, ...more };
  return { ...said, source, workstationCount, entry: said };
};

const nightShift = `@id("care-for-the-night-shift")
permit(principal in Group::"night-shift", action == Action::"launch", resource in ApplicationGroup::"Soins")
when { context.hour >= 20 || context.hour < 7 };

@id("stock-at-the-pharmacy")
@why_fr("À la pharmacie seulement.")
@why_en("At the pharmacy only.")
@why_es("Solo en la farmacia.")
@why_ca("Només a la farmàcia.")
forbid(principal, action == Action::"launch", resource == Application::"stock")
unless { context.place in Place::"pharmacie" };
`;

const house: HouseView = {
  version: 12,
  applications: [
    application("dossier", "Dossier patient", "folder-heart", "Soins", "file", {
      policies: ["record-for-carers", "care-for-the-night-shift"],
      startedAt: ["Urgences"],
    }),
    application("prescription", "Prescription", "pill", "Soins", "file", {
      policies: ["prescribe-by-pin", "care-for-the-night-shift"],
    }),
    application("lab", "Laboratoire", "flask-conical", "Examens", "console", {
      policies: ["configuration/lab/professions", "configuration/lab/means"],
      professions: [10, 50, 60],
    }),
    application("stock", "Stock de pharmacie", "boxes", "Pharmacie", "console", {
      policies: ["stock-at-the-pharmacy"],
    }),
  ],
  places: [
    place("chu", "CHU", undefined, "file", 4),
    place("cardiologie", "Cardiologie – 3ᵉ étage", "chu", "file", 62),
    place("urgences", "Urgences", "chu", "file", 48, { startApplication: "dossier", graceSeconds: 120 }),
    place("dechocage", "Salle de déchocage", "urgences", "console", 3, { graceSeconds: 0 }),
    place("pharmacie", "Pharmacie", "chu", "console", 9),
  ],
  groups: [
    { id: "night-shift", source: "console", holders: ["899700218896", "899700411253"], entry: { id: "night-shift" } },
    { id: "inspectors", source: "file", holders: ["899700855697"], entry: { id: "inspectors" } },
  ],
  structures: [{ id: "1750000001", name: "Cabinet de la place", source: "console", entry: { id: "1750000001" } }],
  policyTexts: [
    { source: "file", id: "care.cedar", text: "", policies: ["record-for-carers", "prescribe-by-pin"] },
    {
      source: "console",
      id: "night-shift",
      text: nightShift,
      policies: ["care-for-the-night-shift", "stock-at-the-pharmacy"],
    },
  ],
  policyVersion: "5f0c3f2a9b17d1a0",
  policyFaults: [],
  setAside: [],
};

/** What the broker says of a text while a place in it is written wrong. */
export const policyFaults: readonly HouseFault[] = [
  {
    where: "night-shift",
    line: 9,
    column: 34,
    words: 'the configuration has no Place::"pharmacie", which “stock-at-the-pharmacy” names',
  },
];

/** A house of five places and four applications, some of them kept in the console. */
export function houseAnswers(now: number): Readonly<Record<string, unknown>> {
  const hours = (count: number) => count * 3_600_000;
  const by = "899700075064";
  const version = (number: number, hoursAgo: number, reason: string, differences: readonly object[]) => ({
    ...{ version: number, at: now - hours(hoursAgo), by, reason, hash: "", differences },
  });
  const lost = ["899700218896", "899700411253"].map(holder => ({
    holder,
    application: "lab",
    place: "cardiologie",
    means: "card-pin",
    at: now,
    decides: "configuration/lab/professions",
    wouldDecide: "no such application",
  }));
  const explained = (
    id: string,
    name: string,
    policy: string | undefined,
    file: string,
    line: number,
    more: object,
  ) => ({
    application: id,
    name,
    permitted: false,
    policies: policy === undefined ? [] : [{ id: policy, file, line }],
    because: policy ?? "no policy permits",
    unavailable: null,
    ...more,
  });
  return {
    [consoleRoutes.house.path]: house,
    [consoleRoutes.houseHistory.path]: {
      now,
      versions: [
        version(12, 3, "Demande 4711 de la pharmacie", [
          { act: "changed", kind: "policies", id: "night-shift", members: ["text"] },
        ]),
        version(11, 27, "Nouveau laboratoire", [{ act: "added", kind: "application", id: "lab", members: [] }]),
        version(10, 190, "Ouverture de la salle", [{ act: "added", kind: "place", id: "dechocage", members: [] }]),
      ],
    },
    [consoleRoutes.houseCheck.path]: { faults: [] },
    [consoleRoutes.houseEffects.path]: {
      ...{ faults: [], portals: 1_204, gainedCount: 0, lostCount: 2, gained: [], lost, leftToPolicies: [] },
      differences: [{ act: "removed", kind: "application", id: "lab", members: [] }],
    },
    [consoleRoutes.explainChoices.path]: { places: house.places.map(({ id, name }) => ({ id, name })) },
    [consoleRoutes.explain.path]: {
      found: true,
      holder: { id: "899700218896", profession: "", professionCode: 60, structure: "1750000001", cardFamily: "CPS" },
      structureName: "Cabinet de la place",
      groups: ["night-shift"],
      at: now,
      policyVersion: house.policyVersion,
      applications: [
        explained("dossier", "Dossier patient", "record-for-carers", "care.cedar", 1, { permitted: true }),
        explained("prescription", "Prescription", "prescribe-by-pin", "care.cedar", 5, {
          unavailable: { reason: "means" },
        }),
        explained("lab", "Laboratoire", undefined, "", 0, {}),
        explained("stock", "Stock de pharmacie", "stock-at-the-pharmacy", "console/night-shift", 5, {
          unavailable: {
            reason: "policy",
            policy: "stock-at-the-pharmacy",
            words: {
              fr: "À la pharmacie seulement.",
              en: "At the pharmacy only.",
              es: "Solo en la farmacia.",
              ca: "Només a la farmàcia.",
            },
          },
        }),
      ],
    },
  };
}
