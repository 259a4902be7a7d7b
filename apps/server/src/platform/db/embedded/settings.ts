import { chownSync, renameSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { ownUserName } from './database-user.ts';
import type { Place } from './place.ts';

export interface SettingsOptions {
  readonly socketFolder: string;
  readonly temporary: boolean;
}

/** Writes PostgreSQL's settings and who may connect. Done at each start, so that they are those of this version and this user. */
export function writeSettings(place: Place, options: SettingsOptions): void {
  const put = (name: string, text: string): void => {
    const file = join(place.cluster, name);
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    if (place.user !== undefined) chownSync(`${file}.new`, place.user.uid, place.user.gid);
    renameSync(`${file}.new`, file);
  };
  put('postgresql.conf', settings(options));
  // The kernel names the user at the other end of the socket, and only our own may be the role of the server.
  put('pg_hba.conf', 'local all holdfast peer map=server\n');
  put('pg_ident.conf', `server "${ownUserName().replaceAll('"', '""')}" holdfast\n`);
}

function settings({ socketFolder, temporary }: SettingsOptions): string {
  const mebibytes = memoryMebibytes();
  const shared = Math.min(512, Math.max(128, Math.floor(mebibytes / 8)));
  const lines: Readonly<Record<string, string>> = {
    listen_addresses: '',
    port: '5432',
    unix_socket_directories: socketFolder.replaceAll("'", "''"),
    unix_socket_permissions: '0700',
    max_connections: '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
    shared_buffers: `${temporary ? 128 : shared}MB`,
    effective_cache_size: `${Math.max(256, Math.floor(mebibytes / 2))}MB`,
    // Short statements on few processors: compiling them, or dividing them, costs more than it saves and delays the others.
    jit: 'off',
    max_parallel_workers_per_gather: '0',
    random_page_cost: '1.1',
    // An answer is given after the commit is on the disk. Nobody copies the log to another machine, so it holds what recovery needs.
    fsync: temporary ? 'off' : 'on',
    synchronous_commit: temporary ? 'off' : 'on',
    full_page_writes: temporary ? 'off' : 'on',
    wal_level: 'minimal',
    max_wal_senders: '0',
    wal_buffers: '16MB',
    min_wal_size: temporary ? '80MB' : '256MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '10min',
    checkpoint_completion_target: '0.9',
    // A database of the tests is dropped by its owner, who may not end the superuser's vacuum of it.
    autovacuum: temporary ? 'off' : 'on',
    autovacuum_naptime: '15s',
    autovacuum_vacuum_cost_delay: '1ms',
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name} = '${value}'\n`)
    .join('');
}

/** A container may use less than the machine has; `constrainedMemory` is 0, or absurdly large, where nothing is said. */
function memoryMebibytes(): number {
  const constrained = process.constrainedMemory();
  const bytes = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.floor(bytes / 1024 / 1024);
}
