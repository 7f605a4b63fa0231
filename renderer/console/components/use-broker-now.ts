import { useNow } from "../../components/use-now.ts";

/** The broker's clock, going on since its answer was received. */
export function useBrokerNow(told: number, receivedAt: number): number {
  const here = useNow();
  return told + Math.max(0, here - receivedAt);
}
