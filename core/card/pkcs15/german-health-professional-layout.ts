import type { KnownLayout, UsableKey } from "./known-layout.ts";
import { keyUsage } from "./private-key-directory.ts";

const pinId = "01";

function authenticationKey(kind: "ec" | "rsa", reference: number, path: number, shortIdentifier: number): UsableKey {
  const id = reference.toString(16).padStart(2, "0");
  const label = kind === "ec" ? "C.HP.AUT.E256" : "C.HP.AUT.R2048";
  return {
    key: { label, id, kind, reference, pin: pinId, usage: new Set([keyUsage.sign]), file: undefined },
    certificate: {
      label,
      id,
      file: { path: Uint8Array.of(path >> 8, path & 0xff), index: 0, length: undefined, shortIdentifier },
    },
  };
}

/**
 * DF.ESIGN of the German health professional card of generation 2 (gemSpec_HBA_ObjSys, 5.6; gemSpec_HBA_ObjSys_G2_1, 5.6.2):
 * the key on a curve from 2.1 on, the RSA key before, behind PIN.CH of the master file.
 */
export const germanHealthProfessionalLayout: KnownLayout = {
  keys: [authenticationKey("ec", 0x06, 0xc506, 0x06), authenticationKey("rsa", 0x02, 0xc500, 0x01)],
  pin: {
    id: pinId,
    reference: 0x01,
    format: { encoding: "iso-9564-2", minimumLength: 6, maximumLength: 8, storedLength: 8, padding: 0xff },
    isUnblockingCode: false,
    canBeUnblocked: true,
  },
};
