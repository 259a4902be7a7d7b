/**
 * The database that comes along: a real PostgreSQL 18, started beside the server when no DATABASE_URL is set.
 *
 * - The *place* of a database is the folder its cluster and its programs live in: the data folder itself, or, for root, one under
 *   /var/lib/holdfast, because PostgreSQL refuses to run as root and another user may not be able to enter the checkout.
 * - Nothing listens on the network. The server speaks through a Unix socket, and the kernel says who is at its other end (`peer`).
 * - The *postmaster* is PostgreSQL's first process. It runs in a session of its own, so that Ctrl-C reaches our server first, and it
 *   survives a kill -9 of the server; the next start finds it by its pid file and stops it before going on.
 */
export { discardEmbeddedDatabase } from './discard-embedded-database.ts';
export { findRunningDatabase } from './find-running-database.ts';
export { startEmbeddedDatabase } from './start-embedded-database.ts';
export type { EmbeddedDatabase, EmbeddedDatabaseOptions } from './start-embedded-database.ts';
