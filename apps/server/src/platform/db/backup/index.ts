/** Backups: all tables at one moment into one file, and back. PostgreSQL's own tools do not come with the embedded database. */
export { readBackup, RestoreRefused } from './read-backup.ts';
export { writeBackup } from './write-backup.ts';
