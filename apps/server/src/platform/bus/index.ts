/** Events between parts of the server and between servers: in process, over PostgreSQL, over Redis. */
export type { Bus, BusHandler, Unsubscribe } from './bus.ts';
export { createMemoryBus } from './memory-bus.ts';
export { publishWithin } from './notification.ts';
export type { Notification } from './notification.ts';
export { openPostgresBus } from './postgres-bus.ts';
export type { PostgresBusOptions } from './postgres-bus.ts';
export { openRedisBus } from './redis-bus.ts';
export type { RedisBusOptions } from './redis-bus.ts';
