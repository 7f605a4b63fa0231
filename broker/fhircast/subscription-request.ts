import { z } from "zod";
import { type HubEventName, hubEvents } from "./event.ts";

const known = new Set<string>(hubEvents);

const eventList = z
  .string()
  .max(500)
  .transform(list => list.split(",").map(name => name.trim().toLowerCase()))
  .refine((names): names is HubEventName[] => names.every(name => known.has(name)), {
    message: `this hub tells ${hubEvents.join(", ")}`,
  })
  .transform(names => new Set(names));

const common = {
  "hub.channel.type": z.literal("websocket"),
  "hub.topic": z.string().min(1).max(200),
};

/** What an application posts to the hub (FHIRcast STU3, section 2.4). */
export const subscriptionRequest = z.discriminatedUnion("hub.mode", [
  z.object({
    ...common,
    "hub.mode": z.literal("subscribe"),
    "hub.events": eventList,
    "hub.lease_seconds": z.coerce.number().int().positive().optional(),
    /** Of a subscription that this one replaces. */
    "hub.channel.endpoint": z.string().max(500).optional(),
    "subscriber.name": z.string().max(100).optional(),
  }),
  z.object({
    ...common,
    "hub.mode": z.literal("unsubscribe"),
    "hub.channel.endpoint": z.string().max(500),
  }),
]);
export type SubscriptionRequest = z.output<typeof subscriptionRequest>;
export type Subscribe = Extract<SubscriptionRequest, { "hub.mode": "subscribe" }>;

/** A subscriber's answer to a notification. Some clients leave the status out: they have received it. */
export const notificationAnswer = z.object({
  id: z.string().max(100),
  status: z.coerce.number().int().min(100).max(599).default(202),
});

/** A subscriber says later that it did not follow (section 3.2.1). */
export const syncErrorRequest = z.object({
  timestamp: z.string().max(40),
  id: z.string().min(1).max(100),
  event: z.object({
    "hub.topic": z.string().max(200),
    "hub.event": z.string().transform(name => name.toLowerCase()),
    context: z
      .array(z.object({ key: z.string().max(40), resource: z.looseObject({ resourceType: z.string() }) }))
      .length(1),
  }),
});
export type SyncErrorRequest = z.output<typeof syncErrorRequest>;
