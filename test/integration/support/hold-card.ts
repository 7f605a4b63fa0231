import { setTimeout as wait } from "node:timers/promises";
import { CardDisposition, CardMode, Client, Protocol } from "pcsc-mini";

// Another program on the workstation that keeps the card to itself for a while. Words: reader, milliseconds.
const [, , name, lasting] = process.argv;
const client = new Client();
client.on("error", error => {
  throw error;
});
client.on("reader", reader => {
  if (reader.name() !== name) return;
  reader.once("change", async () => {
    const card = await reader.connect(CardMode.EXCLUSIVE, Protocol.ANY);
    process.send?.("held");
    await wait(Number(lasting));
    await card.disconnect(CardDisposition.LEAVE);
    process.exit(0);
  });
});
client.start();
