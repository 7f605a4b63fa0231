import type { PivVariant } from "../card/piv-card.ts";
import type { KeyKind } from "./key-files.ts";

/** The chip that a demonstration card is made on. */
export type CardKind = "piv" | "cps3" | "cps3-contactless" | "cps4" | "hba" | "cns" | "pkcs15";

/** What is wrong with a card of the demonstration. */
export type CardFault = "none" | "expired" | "revoked" | "unknown-authority" | "copied";

/** A demonstration card; the persons do not exist. */
export interface DemonstrationCard {
  readonly id: string;
  readonly kind: CardKind;
  readonly givenName: string;
  readonly familyName: string;
  /** PS_IdNat: the national identifier with its register prefix. */
  readonly nationalId: string;
  /** Title on the card and its code in table G15. */
  readonly profession: string;
  readonly professionCode: number;
  readonly key: KeyKind;
  /** The kind of the key that signs without PIN. */
  readonly presenceKey: KeyKind;
  readonly pin: string;
  readonly unblockingCode: string;
  /** Number of the chip, 16 bytes, hexadecimal: a PIV card's GUID; other kinds show as many of its last digits as they have. */
  readonly chip: string;
  /** Another of these cards whose chip, and so whose keys, this one shows by its other interface. */
  readonly sameChipAs?: string;
  readonly fault: CardFault;
  /** How long its certificates are good from the day that they are made; three years where it does not say. */
  readonly goodForDays?: number;
  /** Of a PIV card. */
  readonly variant?: PivVariant;
}

const physician = {
  kind: "piv",
  givenName: "Camille",
  familyName: "AUBERT",
  nationalId: "899700075064",
  profession: "Médecin",
  professionCode: 10,
  key: "rsa-2048",
  presenceKey: "p-256",
  unblockingCode: "73519264",
} as const;

const surgeon = {
  givenName: "Hélène",
  familyName: "ROBIN",
  nationalId: "899700411253",
  profession: "Médecin",
  professionCode: 10,
  key: "rsa-2048",
  presenceKey: "rsa-2048",
  pin: "4071",
  unblockingCode: "59102736",
  chip: "5741524b455900000000000099213845",
  fault: "none",
} as const;

const dentist = {
  kind: "piv",
  givenName: "Noé",
  familyName: "FABRE",
  nationalId: "899700966708",
  profession: "Chirurgien-Dentiste",
  professionCode: 40,
  key: "p-256",
  presenceKey: "p-256",
  pin: "662607",
  unblockingCode: "10545718",
  fault: "none",
} as const;

export const demonstrationCards: readonly DemonstrationCard[] = [
  { ...physician, id: "physician", pin: "314159", chip: "5741524b455900000000000000000001", fault: "none" },
  {
    id: "nurse",
    kind: "piv",
    givenName: "Inès",
    familyName: "MOREL",
    nationalId: "899700218896",
    profession: "Infirmier",
    professionCode: 60,
    key: "p-256",
    presenceKey: "p-256",
    pin: "271828",
    unblockingCode: "62840517",
    chip: "5741524b455900000000000000000002",
    fault: "none",
  },
  {
    id: "expired",
    kind: "piv",
    givenName: "Paul",
    familyName: "GARNIER",
    nationalId: "899700301122",
    profession: "Pharmacien",
    professionCode: 21,
    key: "p-256",
    presenceKey: "p-256",
    pin: "161803",
    unblockingCode: "48151623",
    chip: "5741524b455900000000000000000003",
    fault: "expired",
  },
  {
    id: "revoked",
    kind: "piv",
    givenName: "Louise",
    familyName: "PERRIN",
    nationalId: "899700301239",
    profession: "Sage-Femme",
    professionCode: 50,
    key: "p-256",
    presenceKey: "p-256",
    pin: "141421",
    unblockingCode: "42358132",
    chip: "5741524b455900000000000000000004",
    fault: "revoked",
  },
  {
    ...physician,
    id: "unknown-authority",
    pin: "173205",
    chip: "5741524b455900000000000000000005",
    fault: "unknown-authority",
  },
  { ...physician, id: "copied", pin: "223606", chip: "5741524b455900000000000000000006", fault: "copied" },
  { ...surgeon, id: "cps3", kind: "cps3" },
  { ...surgeon, id: "cps3-contactless", kind: "cps3-contactless", sameChipAs: "cps3" },
  { ...dentist, id: "piv-384", key: "p-384", chip: "5741524b455900000000000000000021" },
  { ...dentist, id: "piv-3072", key: "rsa-3072", chip: "5741524b455900000000000000000022" },
  {
    ...dentist,
    id: "piv-global-pin",
    chip: "5741524b455900000000000000000023",
    variant: { hasGlobalPin: true, compresses: true },
  },
  { ...dentist, id: "piv-old", chip: "5741524b455900000000000000000024", variant: { isOld: true } },
  { ...dentist, id: "expiring", chip: "5741524b455900000000000000000025", goodForDays: 30 },
  {
    id: "cps4",
    kind: "cps4",
    givenName: "Karim",
    familyName: "BENALI",
    nationalId: "899700855697",
    profession: "Pharmacien",
    professionCode: 21,
    key: "rsa-2048",
    presenceKey: "p-256",
    pin: "5772",
    unblockingCode: "15660649",
    chip: "5741524b455900000000000078451209",
    fault: "none",
  },
  {
    id: "hba",
    kind: "hba",
    givenName: "Jonas",
    familyName: "WEBER",
    nationalId: "899700522364",
    profession: "Médecin",
    professionCode: 10,
    key: "p-256",
    presenceKey: "p-256",
    pin: "577215",
    unblockingCode: "66490153",
    chip: "5741524b455900000000001234567890",
    fault: "none",
  },
  {
    id: "cns",
    kind: "cns",
    givenName: "Giulia",
    familyName: "CONTI",
    nationalId: "899700633475",
    profession: "Infirmier",
    professionCode: 60,
    key: "rsa-2048",
    presenceKey: "p-256",
    pin: "69314",
    unblockingCode: "71828182",
    chip: "5741524b455900000000002345678901",
    fault: "none",
  },
  {
    id: "pkcs15",
    kind: "pkcs15",
    givenName: "Marta",
    familyName: "LOPEZ",
    nationalId: "899700744586",
    profession: "Sage-Femme",
    professionCode: 50,
    key: "p-256",
    presenceKey: "p-256",
    pin: "26535",
    unblockingCode: "89793238",
    chip: "5741524b455900000000003456789012",
    fault: "none",
  },
];
