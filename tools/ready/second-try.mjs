/**
 * What failed in CI is tried once more, alone: a machine that was short of time must not refuse a change, and a fault fails twice.
 * Each file that needed it is named, for a test that passes by chance is to be mended.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { repository } from './environment.mjs';
import { runNode } from './run.mjs';
import { say } from './say.mjs';

/** More failed files than this are no chance. Those that never had their turn are not counted: a process that ends takes many along. */
const mostFailed = 5;

/**
 * Runs the files of a failed run again that did not pass, or never came to their turn, and writes their results into the run's report.
 * Answers the exit code that now holds: the first one where nothing is to be tried.
 */
export async function trySecondTime({ vitest, options, words, environment, first }) {
  const file = reportFile(words);
  const filters = words.filter((word) => !word.startsWith('--'));
  if (process.env.CI === undefined || file === undefined || !existsSync(file)) return first;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const files = unpassedFiles(report, await allFiles(vitest, [...options, ...filters], `${file}.files`));
  const failed = files.filter((name) => report.testResults.some((result) => result.name === name));
  if (files.length === 0 || failed.length > mostFailed) return first;
  say(`a second try of ${files.map((name) => relative(repository, name)).join(', ')}`);
  const again = `${file}.again`;
  const code = await runNode([vitest, 'run', ...options, ...files, '--reporter=default', '--reporter=json', `--outputFile.json=${again}`], {
    environment,
  });
  if (existsSync(again)) writeFileSync(file, JSON.stringify(mergeReports(report, JSON.parse(readFileSync(again, 'utf8')))));
  if (code === 0) say(`UNSTEADY, passed only at the second try: ${files.map((name) => relative(repository, name)).join(', ')}`);
  return code;
}

/** Files that failed, and files that are not in the report at all because their process ended. */
export function unpassedFiles(report, files) {
  const passed = new Set(
    report.testResults
      .filter(({ status, assertionResults }) => status === 'passed' && assertionResults.length > 0 && assertionResults.every(isPassed))
      .map(({ name }) => name),
  );
  return files.filter((name) => !passed.has(name));
}

/** The report with the files of the second one in place of their first results. */
export function mergeReports(first, second) {
  const retried = new Set(second.testResults.map(({ name }) => name));
  const testResults = [...first.testResults.filter(({ name }) => !retried.has(name)), ...second.testResults];
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  return { ...first, testResults, numTotalTests: tests.length, numPassedTests: tests.filter(isPassed).length };
}

function isPassed({ status }) {
  return status === 'passed';
}

function reportFile(words) {
  return words.find((word) => word.startsWith('--outputFile.json='))?.slice('--outputFile.json='.length);
}

async function allFiles(vitest, options, list) {
  await runNode([vitest, 'list', '--filesOnly', `--json=${list}`, ...options], { quiet: true });
  const files = JSON.parse(readFileSync(list, 'utf8')).map(({ file }) => file);
  rmSync(list);
  return [...new Set(files)];
}
