import { execFileSync } from "node:child_process";

/** Process identifiers of our direct children that run the card host. */
export function cardHostProcesses(): number[] {
  const children = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], { encoding: "utf8" });
  return children
    .split("\n")
    .filter(line => line.includes("card-host/main.ts"))
    .map(line => Number.parseInt(line, 10));
}

/** The only one. */
export function cardHostProcess(): number {
  const [host, ...others] = cardHostProcesses();
  if (host === undefined || others.length > 0) throw new Error("not one card host");
  return host;
}
