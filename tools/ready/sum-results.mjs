/**
 * Adds up what the test runs of .ci/run reported and prints the last line, "N passed, N failed". A skipped test counts as failed, and so
 * does a stage that failed without a failed test to show for it. Called as `sum-results.mjs FOLDER FAILED_STAGES`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDirectRun } from './environment.mjs';

/** Reads reports of the shape of Vitest's JSON, and answers how many tests passed, and how many did not. */
export function sumResults(reports, failedStages) {
  const sum = (name) => reports.reduce((total, report) => total + (report[name] ?? 0), 0);
  const passed = sum('numPassedTests');
  const notPassed = sum('numTotalTests') - passed;
  return { passed, failed: Math.max(notPassed, failedStages) };
}

if (isDirectRun(import.meta.url)) {
  const [folder, failedStages] = process.argv.slice(2);
  const reports = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  const { passed, failed } = sumResults(reports, Number(failedStages));
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
