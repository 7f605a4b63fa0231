/** What one demonstration application shows; the patients do not exist. */
export interface ApplicationProfile {
  readonly id: string;
  readonly name: string;
  /** A name of the lucide icon set, for the portal. */
  readonly icon: string;
  /** Hue of its colour, degrees. */
  readonly hue: number;
  /** Codes of table G15; absent: every profession. */
  readonly professions?: number[];
  /** The level that it asks its holder to have proved (`acr_values`); absent: any. */
  readonly acrValues?: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const physician = 10;
const nurse = 60;

/** The applications of the demonstration ward; all run by the same program. */
export const applicationProfiles: readonly ApplicationProfile[] = [
  {
    id: "patient-record",
    name: "Dossier patient",
    icon: "folder-heart",
    hue: 195,
    columns: ["Lit", "Patient", "Motif", "Dernière note"],
    rows: [
      ["12 A", "M. Alpha TEST", "Surveillance post-opératoire", "08:40 – apyrétique, douleur 2/10"],
      ["12 B", "Mme Bêta TEST", "Décompensation cardiaque", "09:15 – diurèse reprise"],
      ["14", "Mme Gamma TEST", "Bilan de chute", "07:55 – radio demandée"],
      ["15", "M. Delta TEST", "Pneumopathie", "10:05 – O₂ 2 L/min"],
    ],
  },
  {
    id: "prescriptions",
    name: "Prescriptions",
    icon: "pill",
    hue: 265,
    professions: [physician],
    // To prescribe, the card's presence is not enough.
    acrValues: "urn:wardkey:assurance:high",
    columns: ["Patient", "Médicament", "Posologie", "État"],
    rows: [
      ["M. Alpha TEST", "Paracétamol 1 g", "toutes les 6 h", "validée"],
      ["Mme Bêta TEST", "Furosémide 40 mg", "matin", "à signer"],
      ["M. Delta TEST", "Amoxicilline 1 g", "3 fois par jour", "validée"],
    ],
  },
  {
    id: "imaging",
    name: "Imagerie",
    icon: "scan",
    hue: 225,
    professions: [physician],
    columns: ["Patient", "Examen", "Heure", "Compte rendu"],
    rows: [
      ["Mme Gamma TEST", "Radio du bassin", "08:20", "disponible"],
      ["M. Delta TEST", "Radio du thorax", "09:50", "en attente"],
    ],
  },
  {
    id: "laboratory",
    name: "Résultats de laboratoire",
    icon: "test-tubes",
    hue: 150,
    professions: [physician],
    columns: ["Patient", "Analyse", "Valeur", "Référence"],
    rows: [
      ["Mme Bêta TEST", "Potassium", "4,1 mmol/L", "3,5 – 5,0"],
      ["M. Delta TEST", "CRP", "86 mg/L", "< 5"],
    ],
  },
  {
    id: "care-plan",
    name: "Plan de soins",
    icon: "clipboard-list",
    hue: 30,
    professions: [nurse],
    columns: ["Heure", "Patient", "Soin", "Fait"],
    rows: [
      ["11:00", "M. Alpha TEST", "Pansement", "non"],
      ["11:30", "Mme Bêta TEST", "Pesée", "non"],
      ["12:00", "M. Delta TEST", "Constantes", "oui"],
    ],
  },
];
