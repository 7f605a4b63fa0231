import { parseArgs } from "node:util";
import { runCycles } from "./cycles.ts";

const help = `npm run bench -- cycles [--cycles N] [--restart-every N] [--json]

Puts a card in, opens or resumes its session and takes it out (--cycles, 1000), with pcscd stopped and started again every so often
(--restart-every, 50). Counts removals that were missed, and what the card host holds after the first tenth and at the end. A second for
each cycle: virtual readers are looked at every 400 ms.`;

const { values } = parseArgs({
  options: {
    cycles: { type: "string", default: "1000" },
    "restart-every": { type: "string", default: "50" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(help);
else {
  const result = await runCycles(Number(values.cycles), Number(values["restart-every"]), cycle => {
    if (cycle % 100 === 0) console.error(`${cycle} cycles`);
  });
  if (values.json) console.log(JSON.stringify(result));
  else for (const [name, value] of Object.entries(result)) console.log(name.padEnd(10), JSON.stringify(value));
}
