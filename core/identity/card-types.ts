/** Card families of the French profile: table G02, by the value of extension 1.2.250.1.71.1.2.2. */
export const cardTypes: Readonly<Record<number, string>> = {
  0: "CPS",
  1: "CPF",
  2: "CDE/CPE",
  3: "CDA/CPA",
};
