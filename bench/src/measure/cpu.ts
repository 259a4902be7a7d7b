/**
 * Processor time of processes, from /proc. Unlike a speed it hardly depends on who else is at work on the machine, so it tells where a
 * ratio on a busy machine comes from. Linux only: elsewhere there is none.
 */
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

interface ProcessTimes {
  readonly parent: number;
  readonly seconds: number;
  /** Of children that have ended and were waited for. */
  readonly endedChildren: number;
}

/** Seconds used so far by a process, and with `family` by all its children, those that ended included. Null where /proc is missing. */
export function cpuSeconds(pid: number, { family = false } = {}): number | null {
  const own = timesOf(pid);
  if (own === null) return null;
  if (!family) return own.seconds;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => timesOf(Number(name)))
    .filter((times) => times?.parent === pid);
  return children.reduce((sum, times) => sum + (times?.seconds ?? 0), own.seconds + own.endedChildren);
}

function timesOf(pid: number): ProcessTimes | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The second field is the program's name in parentheses, which may hold blanks; the fields are counted after it.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [fields[1], fields[11], fields[12], fields[13], fields[14]];
  return { parent, seconds: (user + system) / TICKS_PER_SECOND, endedChildren: (endedUser + endedSystem) / TICKS_PER_SECOND };
}

/** Processor time per unit of work, over several runs. */
export interface CpuMeter {
  /** Runs work that answers how much of it was done. */
  during<Done>(work: () => Promise<Done>, amountOf: (done: Done) => number): Promise<Done>;
  /** "12 µs", or "unknown". */
  perUnit(): string;
}

export function cpuMeter(pid: number, options: { readonly family?: boolean } = {}): CpuMeter {
  let seconds = 0;
  let amount = 0;
  return {
    async during(work, amountOf) {
      const before = cpuSeconds(pid, options);
      const done = await work();
      const after = cpuSeconds(pid, options);
      if (before === null || after === null) return done;
      seconds += after - before;
      amount += amountOf(done);
      return done;
    },
    perUnit: () => (amount === 0 ? 'unknown' : `${Math.round((seconds / amount) * 1e6)} µs`),
  };
}
