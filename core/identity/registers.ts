/**
 * The registers of persons, by the first character of a PS_IdNat: table G08 of the French national agency. DRASS and students
 * get no new numbers; the ones given still occur.
 */
export const personRegisters: Readonly<Record<string, string>> = {
  "0": "ADELI",
  "1": "ADELI, cabinet",
  "2": "DRASS",
  "3": "FINESS",
  "4": "SIREN",
  "5": "SIRET",
  "6": "RPPS, cabinet",
  "8": "RPPS",
  "9": "Étudiant",
};

/** The registers of structures, by the first character of a Struct_IdNat: table G07 of the French national agency. */
export const structureRegisters: Readonly<Record<string, string>> = {
  "0": "ADELI, cabinet",
  "1": "FINESS",
  "2": "SIREN",
  "3": "SIRET",
  "4": "RPPS, cabinet",
};
