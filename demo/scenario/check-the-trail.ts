import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { verifyTrailFile } from "../../broker/audit/trail-file.ts";
import { commandLine } from "../ward/command-line.ts";
import type { ScenarioFacts } from "./scenario-facts.ts";
import type { ScenarioRun } from "./scenario-run.ts";

const execute = promisify(execFile);

/** What was done is proved, and can be taken out. */
export async function checkTheTrail(run: ScenarioRun): Promise<ScenarioFacts> {
  const { ward } = run;
  let count = 0;
  await run.step("trail: it is whole", async () => {
    const verdict = verifyTrailFile(ward.broker.store);
    if (!verdict.intact) throw new Error(`record ${verdict.sequence} is ${verdict.problem}`);
    count = verdict.records;
  });
  await run.step(
    "trail: exported as AuditEvents of FHIR, which name the purpose of what was done by a broken glass",
    async () => {
      const words = [commandLine, "audit", "export", "--config", ward.broker.configuration, "--format", "fhir"];
      const { stdout } = await execute(process.execPath, words, { maxBuffer: 64 * 1024 * 1024 });
      const events = stdout
        .trim()
        .split("\n")
        .map(line => JSON.parse(line) as { purposeOfEvent?: unknown });
      const byGlass = ward.broker
        .records()
        .filter(({ breakGlass, act }) => breakGlass && act !== "break-glass-reviewed");
      run.same(events.length > count, true, "as many events as records, and the export's own");
      run.same(
        events.filter(({ purposeOfEvent }) => purposeOfEvent !== undefined).length,
        byGlass.length,
        "in an emergency",
      );
    },
  );
  return { apdus: {}, trail: { records: count, verified: true } };
}
