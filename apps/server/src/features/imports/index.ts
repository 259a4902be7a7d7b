/** Imports of market data: tick files in, ticks, bars and latest prices out, all of a file at once or nothing of it. */
export { FACTS_ADDED } from './import-events.ts';
export type { ImportDone } from './import-events.ts';
export { channelOf } from './import-record.ts';
export type { ImportState } from './import-record.ts';
export { addFact, askWithin } from './import-store.ts';
export { openImports } from './open-imports.ts';
export type { Imports, ImportsNeeds } from './open-imports.ts';
export type { StartedImport } from './start-import.ts';
export { IMPORT_LIMITS } from './upload/import-limits.ts';
export type { ImportLimits } from './upload/import-limits.ts';
