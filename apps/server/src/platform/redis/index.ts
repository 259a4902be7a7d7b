/** The connection to Redis that caches, counters and quote fan-out share. */
export { away, connectRedis } from './redis-connection.ts';
export type { RedisClient, RedisConnection, RedisOptions } from './redis-connection.ts';
