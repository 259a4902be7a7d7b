/** Exports: everything of a user as one zip, and such a zip brought into an account. */
export { openExports } from './open-exports.ts';
export type { Exports } from './open-exports.ts';
