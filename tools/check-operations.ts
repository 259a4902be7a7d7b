/**
 * Says which operations of the contract, and which of the errors they document, no test has seen. Reads what the tests that ran last
 * wrote down. Fails for an operation that was never seen to succeed, and for an error of its own that was never seen.
 */
import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ERRORS, allRoutes, commonErrors } from '../packages/contract/src/index.ts';
import type { ErrorCode, Route } from '../packages/contract/src/index.ts';

/**
 * Errors that come from what every route shares (entrance, limiter, body parser, database): seeing one on any route proves it for all.
 * The walk over routes sees unauthenticated, forbidden and not_found on each route besides.
 */
const sharedErrors: readonly ErrorCode[] = [
  'rate_limited',
  'unavailable',
  'timeout',
  'unknown_host',
  'csrf_failed',
  'unparsable',
  'too_large',
  'unsupported_media_type',
  'unknown_field',
  'invalid_value',
  'idempotency_key_reused',
  'request_in_progress',
  'secret_already_shown',
  'insufficient_scope',
];
/** `internal` is what nobody foresaw: a test that saw it would be a test of a bug. */
const neverSeen: readonly ErrorCode[] = ['internal'];

const folder = join(import.meta.dirname, '../node_modules/.cache/holdfast/operations-seen');
const seen = readLastRun(folder);
if (seen === null) {
  console.error('No test has written down what it saw. Run the database tests first: npm run test:db');
  process.exitCode = 1;
} else {
  const gaps = [...allRoutes.flatMap((route) => gapsOf(route, seen)), ...sharedGaps(seen)];
  if (gaps.length > 0) {
    console.error(`${gaps.length} answers of the contract were seen by no test:\n${gaps.map((gap) => `  ${gap}`).join('\n')}`);
    process.exitCode = 1;
  } else {
    console.log(`Every one of ${allRoutes.length} operations was seen to succeed, and every error it documents was seen.`);
  }
}

/** What was seen: `route status` for successes, `route code` for errors, and `code` alone for errors on any route. */
function readLastRun(parent: string): ReadonlySet<string> | null {
  if (!existsSync(parent)) return null;
  const runs = readdirSync(parent).sort((one, other) => statSync(join(parent, other)).mtimeMs - statSync(join(parent, one)).mtimeMs);
  const [last, ...older] = runs;
  if (last === undefined) return null;
  const dayAgo = Date.now() - 24 * 60 * 60 * 1_000;
  for (const run of older) if (statSync(join(parent, run)).mtimeMs < dayAgo) rmSync(join(parent, run), { recursive: true, force: true });
  const marks = new Set<string>();
  for (const file of readdirSync(join(parent, last))) {
    for (const line of readFileSync(join(parent, last, file), 'utf8').split('\n')) {
      if (line === '') continue;
      const [name, status, code] = JSON.parse(line) as [string, number, string | null];
      marks.add(code === null ? `${name} ${status}` : `${name} ${code}`);
      if (code !== null) marks.add(code);
    }
  }
  return marks;
}

function gapsOf(route: Route, marks: ReadonlySet<string>): readonly string[] {
  // A socket opens with 101 and speaks frames, which the stream's own tests hold against their contract.
  if (route.answers[101] !== undefined) return [];
  const gaps: string[] = [];
  const successes = Object.keys(route.answers).filter((status) => Number(status) < 400);
  if (!successes.some((status) => marks.has(`${route.name} ${status}`))) gaps.push(`${route.name}: never succeeded`);
  else for (const status of successes) if (!marks.has(`${route.name} ${status}`)) gaps.push(`${route.name}: never answered ${status}`);
  const own = [...route.errors, ...commonErrors(route)].filter((code) => !sharedErrors.includes(code) && !neverSeen.includes(code));
  for (const code of new Set(own))
    if (!marks.has(`${route.name} ${code}`)) gaps.push(`${route.name}: ${code} (${ERRORS[code].status}) never seen`);
  return gaps;
}

function sharedGaps(marks: ReadonlySet<string>): readonly string[] {
  const documented = new Set(allRoutes.flatMap((route) => [...route.errors, ...commonErrors(route)]));
  return sharedErrors
    .filter((code) => documented.has(code) && !marks.has(code))
    .map((code) => `any route: ${code} (${ERRORS[code].status}) never seen`);
}
