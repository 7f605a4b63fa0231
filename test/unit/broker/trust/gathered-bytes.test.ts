import fc from "fast-check";
import { expect, test } from "vitest";
import { GatheredBytes } from "../../../../broker/trust/gathered-bytes.ts";

test("bytes that come in parts are whole in the end, whatever was expected", () => {
  const parts = fc.array(fc.uint8Array({ maxLength: 20_000 }), { maxLength: 12 });
  fc.assert(
    fc.property(parts, fc.nat(100_000), (sent, expected) => {
      const gathered = new GatheredBytes(expected);
      for (const part of sent) gathered.add(part);
      const whole = Buffer.concat(sent);
      expect(gathered.length).toBe(whole.length);
      const taken = gathered.take();
      // Nobody else's memory goes along to another thread.
      expect(taken.buffer.byteLength).toBe(whole.length);
      expect(whole.equals(taken)).toBe(true);
    }),
    { numRuns: 100 },
  );
});
