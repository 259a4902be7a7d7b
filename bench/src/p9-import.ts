/**
 * P9: import of a zipped CSV of 2,000,000 ticks: 200 tickers of one day with 10,000 ticks each, ticker by ticker.
 *
 * Measured from the first byte of the upload until everything is stored and visible: unpacked, read, checked, stored, rolled up into
 * minute, hour and day bars, newest prices taken over. A day of its own each round.
 * Yardstick: `psql \copy` of the rows the first import stored, unzipped and with their instruments' keys, into a table of the same columns,
 * partitions and index in the same database. It checks nothing and makes no bars. Where psql is missing, COPY over this process's driver.
 * Not included: making the file.
 */
import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { withServer } from './load/compare-get.ts';
import { alternate } from './measure/alternate.ts';
import { isInstalled } from './measure/machine.ts';
import { comparedOutcome } from './measure/outcome.ts';
import type { Bench } from './measure/settings.ts';
import { importTicks } from './subject/import-ticks.ts';
import { startServer } from './subject/server.ts';
import type { Server } from './subject/server.ts';
import { daysFrom, zippedTicks } from './subject/tick-file.ts';

const TICKERS = 200;
const TICKS_EACH = 10_000;
const ROWS = TICKERS * TICKS_EACH;
const runProgram = promisify(execFile);

export const importFile: Bench = ({ rounds }) =>
  withServer(startServer, async (server) => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-ticks-'));
    const file = join(folder, 'rows.csv');
    try {
      const compared = await alternate(rounds, {
        subject: async (round) => {
          const zip = zippedTicks({ tickers: TICKERS, days: daysFrom(round, 1), ticksPerDay: TICKS_EACH });
          const perSecond = await timed(() => importTicks(server.administrator, zip, ROWS));
          if (round === 0) await writeRows(server, file);
          return perSecond;
        },
        yardstick: async () => {
          await server.database.query(EMPTY_COPY);
          return timed(() => copyRows(server, file));
        },
      });
      const notes = [`Yardstick by ${isInstalled('psql') ? 'psql' : 'the driver'}.`, 'Each import stored every row.'];
      return [
        comparedOutcome({ row: 'P9', title: 'Import of 2,000,000 zipped ticks', unit: 'rows/s', goal: { atLeast: 0.7 }, notes }, compared),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

/** Rows a second. */
async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return ROWS / ((performance.now() - startedAt) / 1_000);
}

const EMPTY_COPY = `
  drop table if exists bench_ticks;
  create table bench_ticks (like ticks including all) partition by range (at);
  create table bench_ticks_day partition of bench_ticks for values from ('2025-06-01') to ('2025-07-01')`;

/** What the first import stored, as CSV. */
async function writeRows({ database }: Server, file: string): Promise<void> {
  const client = await database.connect();
  try {
    await pipeline(client.query(copyTo('copy (select * from ticks) to stdout with (format csv)')), createWriteStream(file));
  } finally {
    client.release();
  }
}

async function copyRows({ database, databaseUrl }: Server, file: string): Promise<void> {
  if (isInstalled('psql')) {
    await runProgram('psql', [databaseUrl, '-q', '-c', `\\copy bench_ticks from '${file}' with (format csv)`]);
    return;
  }
  const client = await database.connect();
  try {
    await pipeline(createReadStream(file), client.query(copyFrom('copy bench_ticks from stdin with (format csv)')));
  } finally {
    client.release();
  }
}
