/**
 * Milliseconds that this thread has computed for. Not the clock's: a machine with other work to do makes anything look slow.
 */
export function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
