/** Runs the benches that are named, or all of them, prints their rows, and keeps the results. */
import { parseArgs } from 'node:util';
import { describeMachine } from './measure/machine.ts';
import { keepResults } from './report/keep-results.ts';
import { rowOf } from './report/table.ts';
import type { KeptOutcome } from './report/table.ts';
import { rows } from './rows.ts';

const HELP = `npm run bench [-- ROW …] [--rounds 5] [--seconds 4] [--try]
  ROW        one of ${Object.keys(rows).join(', ')}; all when none is named
  --rounds   counted rounds of the server and its yardstick, after one to warm up
  --seconds  how long one run under load takes
  --try      two short rounds, written to bench/results.local.json; else bench/results.json and docs/operations/benchmarks.md are written
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    try: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const wanted = positionals.map((word) => word.toUpperCase());
const unknown = wanted.filter((name) => rows[name] === undefined);
if (values.help || unknown.length > 0) {
  console.log(unknown.length > 0 ? `There is no bench ${unknown.join(', ')}.\n${HELP}` : HELP);
  process.exit(unknown.length > 0 ? 2 : 0);
}

const usual = values.try ? { rounds: 2, seconds: 2 } : { rounds: 5, seconds: 4 };
const settings = { rounds: Number(values.rounds ?? usual.rounds), seconds: Number(values.seconds ?? usual.seconds) };
const measuredOn = new Date().toISOString().slice(0, 10);
const outcomes: KeptOutcome[] = [];
const failed: string[] = [];
for (const [name, bench] of Object.entries(rows)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  try {
    for (const measured of await bench(settings)) {
      const outcome = { ...measured, measuredOn };
      outcomes.push(outcome);
      console.log(rowOf(outcome));
      for (const note of outcome.notes) console.log(`    ${note}`);
    }
  } catch (error) {
    // A goal that is missed is a figure; a bench that breaks, or a check that does not hold, is a fault. The others still run.
    failed.push(name);
    console.error(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
if (outcomes.length > 0) {
  console.log(`Written to ${keepResults({ machine: describeMachine(), outcomes }, { committed: !values.try })}.`);
}
process.exit(failed.length > 0 ? 1 : 0);
