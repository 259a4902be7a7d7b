import type { Command } from './command.ts';

/** Opening the platform has brought the database up to date already. */
export const migrateCommand: Command = {
  summary: 'migrate              brings the database to the newest schema and ends',
  run: async (_words, { terminal }) => {
    terminal.print('The database is up to date.');
    return 0;
  },
};
