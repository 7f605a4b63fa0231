// Prints the suites' outcome as one line, from the report that vitest wrote.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup/root.mjs";

let report;
try {
  report = JSON.parse(readFileSync(join(root, "test", "results", "vitest.json"), "utf8"));
} catch {
  console.error("wardkey: the suites wrote no report, so none of them ran to its end");
  console.log("0 passed, 1 failed, 0 skipped");
  process.exit(1);
}
const skipped = report.numPendingTests + report.numTodoTests;
// A suite that could not even be loaded has no tests to count, and is a failure all the same.
const unloaded = report.testResults.filter(suite => suite.status === "failed" && suite.assertionResults.length === 0);
// What failed outside every test, a worker that died for one, fails the run as well.
const failed = report.numFailedTests + unloaded.length || (report.success ? 0 : 1);
console.log(`${report.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
