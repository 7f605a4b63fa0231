import { Ber, BerWriter, Control } from "ldapts";

/** Names of entries come as `<GUID=…>;<SID=…>;CN=…` ([MS-ADTS] 3.1.1.3.4.1.5). */
export class ExtendedNameControl extends Control {
  constructor() {
    super("1.2.840.113556.1.4.529", { critical: true });
  }

  protected override writeControl(writer: BerWriter): void {
    const asText = 1;
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(asText);
    value.endSequence();
    writer.writeBuffer(value.buffer, Ber.OctetString);
  }
}
