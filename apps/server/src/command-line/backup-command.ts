import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { RestoreRefused } from '../platform/db/backup/index.ts';
import type { Command } from './command.ts';

/** `backup FILE`: everything in the database at one moment, while the server goes on. */
export const backupCommand: Command = {
  summary: 'backup FILE   writes everything in the database into one file',
  run: async ([file, ...more], { app, terminal, folder = '.' }) => {
    if (file === undefined || file.startsWith('-') || more.length > 0) {
      terminal.print('Use: npm run backup -- FILE');
      return 2;
    }
    const path = resolve(folder, file);
    if (existsSync(path)) {
      terminal.print(`${path} is there already. Choose another name: backups are not written over.`);
      return 1;
    }
    const tables = await app.backups.write(path, (table) => terminal.redraw?.(`writing ${table}`));
    terminal.print(`${tables} tables are in ${path}. The secret and the bytes of documents are not: keep copies of those too.`);
    return 0;
  },
};

/** `restore FILE`: a backup into a database that nobody uses yet, all of it or nothing. */
export const restoreCommand: Command = {
  summary: 'restore FILE   brings a backup into a database that has no users',
  run: async ([file, ...more], { app, terminal, folder = '.' }) => {
    if (file === undefined || file.startsWith('-') || more.length > 0) {
      terminal.print('Use: npm run restore -- FILE');
      return 2;
    }
    try {
      const tables = await app.backups.read(resolve(folder, file), (table) => terminal.redraw?.(`reading ${table}`));
      terminal.print(`${tables} tables were restored. Now run: npm run audit`);
      return 0;
    } catch (error) {
      if (!(error instanceof RestoreRefused)) throw error;
      terminal.print(error.message);
      return 1;
    }
  },
};
