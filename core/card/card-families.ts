import type { CardFamily } from "./card-family.ts";
import { cps3Contact, cps3Contactless } from "./cps/cps3-profiles.ts";
import { cps4 } from "./cps/cps4-profile.ts";
import { PivDriver } from "./piv/piv-driver.ts";
import type { CardProfile } from "./pkcs15/card-profile.ts";
import { general, germanHealthProfessional, italianServices } from "./pkcs15/general-profiles.ts";
import { Pkcs15Driver } from "./pkcs15/pkcs15-driver.ts";

const describedByItself = (profile: CardProfile): CardFamily => ({
  name: profile.family,
  recognises: profile.recognises,
  hasAnyAtr: profile.hasAnyAtr,
  select: (transport, { objects }) => Pkcs15Driver.select(profile, transport, objects),
});

/** Every family that there is a driver for. Families with any ATR are asked in this order. */
export const cardFamilies: readonly CardFamily[] = [
  { name: "piv", recognises: () => false, hasAnyAtr: true, select: PivDriver.select },
  describedByItself(cps3Contact),
  describedByItself(cps3Contactless),
  describedByItself(cps4),
  describedByItself(germanHealthProfessional),
  describedByItself(italianServices),
  describedByItself(general),
];
