import { CardDisposition, CardMode, Client, Protocol } from "pcsc-mini";

// Another program on the workstation that tries the card's authentication key (P-256) as it finds it. Words: reader, and a PIN
// where it has one of its own. Prints the last status word.
const [, , name, pin] = process.argv;
const authenticate = `0087119a26 7c24 8200 8120 ${"11".repeat(32)} 00`;

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
}

const client = new Client();
client.on("error", error => {
  throw error;
});
client.on("reader", reader => {
  if (reader.name() !== name) return;
  reader.once("change", async () => {
    const card = await reader.connect(CardMode.SHARED, Protocol.ANY);
    if (pin !== undefined) await card.transmit(bytes(`0020008008 ${Buffer.from(pin).toString("hex").padEnd(16, "f")}`));
    const answer = await card.transmit(bytes(authenticate));
    process.stdout.write(Buffer.from(answer.slice(-2)).toString("hex"));
    await card.disconnect(CardDisposition.LEAVE);
    process.exit(0);
  });
});
client.start();
