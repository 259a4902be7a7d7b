import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, fchownSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { endPostmaster } from './orphan.ts';
import { readPidFile } from './pid-file.ts';
import { runsAs } from './runs-as.ts';
import type { Place } from './place.ts';
import type { Programs } from './programs.ts';
import type { StartLog } from './start-log.ts';

const readyWithinMs = 120_000;
const sessionsGoneWithinMs = 10_000;
const largestLogBytes = 5_000_000;
const longestPauseMs = 4_000;

/** PostgreSQL's first process. Started again when it ends without being asked to, since nobody else would. */
export class Postmaster {
  readonly #place: Place;
  readonly #programs: Programs;
  readonly #log: StartLog;
  #child: ChildProcess | undefined;
  #isStopping = false;
  #restart: Promise<void> | undefined;

  constructor(place: Place, programs: Programs, log: StartLog) {
    this.#place = place;
    this.#programs = programs;
    this.#log = log;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /**
   * Resolves when connections are accepted, after recovery if there was a crash. The sessions of a killed postmaster may take a moment
   * to notice, and the memory they share keeps a new one from starting: that is waited for.
   */
  async start(): Promise<void> {
    const giveUpAt = performance.now() + sessionsGoneWithinMs;
    for (;;) {
      try {
        await this.#startOnce();
        return;
      } catch (error) {
        if (!(error as Error).message.includes('pre-existing shared memory block') || performance.now() > giveUpAt) throw error;
      }
      await delay(100);
    }
  }

  async #startOnce(): Promise<void> {
    const child = this.#spawn();
    const deadline = performance.now() + readyWithinMs;
    while (performance.now() < deadline) {
      if (child.exitCode !== null || child.signalCode !== null) throw this.#failure('ended at once');
      const file = readPidFile(this.#place.cluster);
      if (file?.pid === child.pid && file?.isReady === true) {
        this.#watch(child);
        return;
      }
      await delay(5);
    }
    if (child.pid !== undefined) await endPostmaster(child.pid);
    throw this.#failure(`was not ready within ${readyWithinMs / 1000} s`);
  }

  /** `atOnce`: nothing of it is wanted any more. */
  async stop({ atOnce = false } = {}): Promise<void> {
    this.#isStopping = true;
    await this.#restart;
    const child = this.#child;
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) await endPostmaster(child.pid, { atOnce });
  }

  /** Asks for the end without waiting for it. */
  askToStop(): void {
    this.#isStopping = true;
    this.#child?.kill('SIGINT');
  }

  #spawn(): ChildProcess {
    const { logFile, cluster, user } = this.#place;
    if (existsSync(logFile) && statSync(logFile).size > largestLogBytes) renameSync(logFile, `${logFile}.1`);
    const log = openSync(logFile, 'a', 0o600);
    if (user !== undefined) fchownSync(log, user.uid, user.gid);
    // Detached: a session of its own, so that Ctrl-C at the terminal does not end the database before the server has finished.
    const child = spawn(this.#programs.postgres, ['-D', cluster], { ...runsAs(this.#place), detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    child.on('error', () => undefined); // It then has no pid and no exit code: `start` says so.
    child.unref();
    this.#child = child;
    return child;
  }

  #watch(child: ChildProcess): void {
    child.once('exit', (code, signal) => {
      if (this.#isStopping) return;
      this.#log.warn(`The database ended by itself (${signal ?? `code ${code}`}); starting it again.`);
      this.#restart = this.#startAgain();
    });
  }

  async #startAgain(): Promise<void> {
    for (let pauseMs = 50; !this.#isStopping; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        await this.start();
        this.#log.info('The database runs again.');
        return;
      } catch (error) {
        this.#log.warn((error as Error).message);
      }
      await delay(pauseMs);
    }
  }

  #failure(what: string): Error {
    const tail = existsSync(this.#place.logFile)
      ? readFileSync(this.#place.logFile, 'utf8').trimEnd().split('\n').slice(-8).join('\n')
      : '';
    return new Error(`The database ${what}. The end of ${this.#place.logFile}:\n${tail}`);
  }
}
