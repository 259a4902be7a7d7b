import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, join } from 'node:path';
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { Caller, ServeContext } from '../../platform/http/index.ts';
import type { DatabaseAddress } from './load-client-store.ts';
import { IMPORT_DONE } from './import-events.ts';
import type { ImportDone } from './import-events.ts';
import { openImportQueue } from './import-queue.ts';
import { bindImportRoutes } from './import-routes.ts';
import type { ImportState } from './import-record.ts';
import { receiveUpload } from './receive-upload.ts';
import { startImport } from './start-import.ts';
import type { StartedImport } from './start-import.ts';
import type { ImportLimits } from './upload/import-limits.ts';

export interface ImportsNeeds {
  readonly db: Db;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly address: DatabaseAddress;
  readonly limits: ImportLimits;
  /** Uploads are kept in its folder `imports` until they are read. */
  readonly dataDirectory: string;
  /** Brings this server up to date with the instruments and prices that an import stored, on whichever server it ran. */
  readonly onDone: (done: ImportDone) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

export interface Imports {
  bindRoutes(context: ServeContext): void;
  /** Imports a file of this machine, as the command line does. Throws `import_exists`. */
  importFile(path: string, options: ImportFileOptions): Promise<StartedImport>;
  /** Takes up what an earlier run of the server left. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface ImportFileOptions {
  readonly zone: string | null;
  readonly caller: Caller | null;
  readonly onState: (state: ImportState) => void;
}

export async function openImports(needs: ImportsNeeds): Promise<Imports> {
  const queue = await openImportQueue({ ...needs, folder: join(needs.dataDirectory, 'imports') });
  const stopHearing = await needs.bus.subscribe(IMPORT_DONE, (payload) => {
    const done = payload as ImportDone;
    // Our own were looked at before they were told.
    if (queue.ended(done.id) === undefined) needs.onDone(done).catch(needs.onError);
  });
  const routeNeeds = { db: needs.db, clock: needs.clock, queue, limits: needs.limits };
  return {
    bindRoutes: (context) => bindImportRoutes(context, routeNeeds),
    async importFile(path, { zone, caller, onState }) {
      const upload = await receiveUpload(createReadStream(path), queue.pathOf(`${randomUUID()}.part`));
      return startImport(routeNeeds, caller, { upload, fileName: basename(path), zone, idempotencyKey: undefined, onState });
    },
    start: () => queue.recover(),
    async close() {
      stopHearing();
      await queue.close();
    },
  };
}
