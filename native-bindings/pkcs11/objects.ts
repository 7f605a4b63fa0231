import pkcs11, { type Handle, type PKCS11, type Template } from "pkcs11js";
import { refusalIn } from "./cryptoki-failure.ts";

/** No card shows more; a module that never comes to an end does. */
const mostObjects = 200;

/** The objects that fit; private ones only after a login. */
export function findObjects(module: PKCS11, session: Handle, template: Template): Handle[] {
  module.C_FindObjectsInit(session, template);
  try {
    const found: Handle[] = [];
    while (found.length < mostObjects) {
      const next = module.C_FindObjects(session, 16);
      if (next.length === 0) break;
      found.push(...next);
    }
    return found;
  } finally {
    module.C_FindObjectsFinal(session);
  }
}

/** An attribute's bytes; empty where the object has none. */
export function attributeOf(module: PKCS11, session: Handle, object: Handle, type: number): Uint8Array {
  try {
    const [attribute] = module.C_GetAttributeValue(session, object, [{ type }]);
    // The binding's buffer is its own: take a copy.
    return Uint8Array.from(attribute?.value ?? []);
  } catch (thrown) {
    const code = refusalIn(thrown)?.code;
    if (code === pkcs11.CKR_ATTRIBUTE_TYPE_INVALID || code === pkcs11.CKR_ATTRIBUTE_SENSITIVE) return new Uint8Array();
    throw thrown;
  }
}
