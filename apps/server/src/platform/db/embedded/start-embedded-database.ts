import { mkdirSync, realpathSync } from 'node:fs';
import { databaseUrl } from './database-url.ts';
import { createCluster } from './create-cluster.ts';
import { findPlace, removePlace } from './place.ts';
import { holdFolder } from './folder-hold.ts';
import { findInstalledPrograms, preparePrograms } from './programs.ts';
import { prepareSocketFolder } from './socket-folder.ts';
import { Postmaster } from './postmaster.ts';
import { stopOrphan } from './orphan.ts';
import { writeSettings } from './settings.ts';
import type { StartLog } from './start-log.ts';

export interface EmbeddedDatabaseOptions {
  /** Where everything of this installation is kept. Made when missing. One running server per folder. */
  readonly dataDir: string;
  readonly log: StartLog;
  /** For tests: forget durability, and remove the whole database on `stop`. */
  readonly temporary?: boolean;
}

export interface EmbeddedDatabase {
  /** Connects to the database `holdfast` as its owner, a role that may create databases but is no superuser. */
  readonly url: string;
  /** PostgreSQL's own process, for those who want to watch or end it. Changes when it had to be started again. */
  readonly pid: () => number | undefined;
  /** Ends sessions, writes a checkpoint, ends PostgreSQL, gives the folder free. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on the data folder, creating the cluster at first, and resolves when it answers.
 * Throws an Error that says what to do when the folder is in use, the machine is not served, or PostgreSQL does not start.
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const { log, temporary = false } = options;
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const dataDir = realpathSync(options.dataDir);
  const hold = holdFolder(dataDir);
  try {
    const installed = findInstalledPrograms();
    const place = findPlace(dataDir, installed.root);
    const programs = preparePrograms(place, installed);
    await stopOrphan(place, log);
    await createCluster(place, programs, { log, temporary });
    const socketFolder = prepareSocketFolder(place);
    writeSettings(place, { socketFolder: socketFolder.path, temporary });
    const postmaster = new Postmaster(place, programs, log);
    // A process that ends without having stopped us, in the middle of a start for instance, at least says goodbye.
    const sayGoodbye = (): void => postmaster.askToStop();
    process.once('exit', sayGoodbye);
    await postmaster.start();
    return {
      url: databaseUrl(socketFolder.path),
      pid: () => postmaster.pid,
      stop: async () => {
        await postmaster.stop({ atOnce: temporary });
        process.off('exit', sayGoodbye);
        socketFolder.remove();
        if (temporary) removePlace(place);
        hold.release();
      },
    };
  } catch (error) {
    hold.release();
    throw error;
  }
}
