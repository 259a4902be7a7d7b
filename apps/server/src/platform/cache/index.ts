/** What was found out before, kept for a while: in process, or in Redis for all servers. */
export { createMemoryCaches } from './memory-cache.ts';
export type { MemoryCacheOptions } from './memory-cache.ts';
export { createRedisCaches } from './redis-cache.ts';
export type { RedisCacheOptions } from './redis-cache.ts';
export type { Cache, CacheCounts, Caches, Lifetime } from './cache.ts';
