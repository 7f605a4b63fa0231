import { setTimeout as wait } from "node:timers/promises";
import { CardDisposition, CardMode, Client, Protocol, ReaderStatus } from "pcsc-mini";

// Another program on the workstation that keeps the card to itself for a while. Words: reader, how, milliseconds.
const [, , name, how, lasting] = process.argv;
const client = new Client();
client.on("error", error => {
  throw error;
});
client.on("reader", reader => {
  if (reader.name() !== name) return;
  let isHeld = false;
  reader.on("change", async status => {
    if (isHeld || !status.has(ReaderStatus.PRESENT)) return;
    isHeld = true;
    const card = await reader.connect(how === "exclusively" ? CardMode.EXCLUSIVE : CardMode.SHARED, Protocol.ANY);
    if (how !== "exclusively") await card.transaction();
    process.send?.("held");
    await wait(Number(lasting));
    await card.disconnect(CardDisposition.LEAVE);
    process.exit(0);
  });
});
client.start();
