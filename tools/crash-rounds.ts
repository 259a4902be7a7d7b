/**
 * Kills a server in full swing, again and again, and counts what got lost or doubled:
 * `node --conditions=source --import tsx tools/crash-rounds.ts 50`. Every tenth round PostgreSQL is stopped instead. Ends with 1 when
 * anything was lost or doubled.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crashRound } from '../apps/server/src/testing/crash-round.ts';
import { startCrashingServer } from '../apps/server/src/testing/crashing-server.ts';

const rounds = Number(process.argv[2] ?? '50');
const folder = mkdtempSync(join(tmpdir(), 'holdfast-crash-'));
const server = await startCrashingServer(folder);
const total = { answered: 0, unanswered: 0, lost: 0, doubled: 0 };
try {
  for (let round = 1; round <= rounds; round += 1) {
    const crashed = round % 10 === 0 ? 'databaseStopped' : 'killed';
    // From the very first answers to some hundred orders.
    const crashAfter = (round * 37) % 150;
    const tally = await crashRound({ server: server[crashed], token: server.token, clients: 24, portfolios: 3, crashAfter });
    total.answered += tally.answered;
    total.unanswered += tally.unanswered;
    total.lost += tally.lost.length;
    total.doubled += tally.doubled.length;
    const { answered, unanswered } = tally;
    console.log(`round ${round} (${crashed}): ${answered} answered, ${unanswered} without an answer`, ...tally.lost, ...tally.doubled);
  }
} finally {
  await server.remove();
}
console.log(
  `${rounds} rounds: ${total.answered} orders answered, ${total.unanswered} without an answer, ${total.lost} lost, ${total.doubled} doubled`,
);
process.exitCode = total.lost + total.doubled === 0 ? 0 : 1;
