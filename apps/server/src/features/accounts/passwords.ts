/** Password hashes: argon2id for our own, and those that migrated users bring along. */
import { availableParallelism } from 'node:os';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { createHashQueue } from './hash-queue.ts';
import type { HashQueue } from './hash-queue.ts';
import { verifyForeignHash } from './verify-foreign-hash.ts';

/** OWASP's setting for argon2id: 19 MiB, 2 passes, 1 lane. Computed outside the event loop. */
const COST: Argon2Cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export interface Argon2Cost {
  /** KiB. */
  readonly memoryCost: number;
  /** Passes. */
  readonly timeCost: number;
  /** Lanes. */
  readonly parallelism: number;
}

export interface PasswordOptions {
  readonly queue?: HashQueue;
  /** Tests that need accounts but are not about passwords take less. */
  readonly cost?: Argon2Cost;
}

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Whether the password belongs to the hash. Null stands for an unknown user and costs as much as a known one. */
  verify(password: string, stored: string | null): Promise<boolean>;
  /** Whether the hash was not made as we make them today. */
  isOutdated(stored: string): boolean;
}

export function createPasswords(options: PasswordOptions = {}): Passwords {
  const queue = options.queue ?? createHashQueue({ atOnce: placesFor(availableParallelism()), waiting: 100 });
  const cost = options.cost ?? COST;
  let nobody: Promise<string> | undefined;
  const newHash = (password: string) => hash(password, { ...cost });
  return {
    hash: (password) => queue.run(() => newHash(password)),
    verify: (password, stored) =>
      queue.run(async () => {
        if (stored === null) {
          nobody ??= newHash('the password of nobody at all');
          await verify(await nobody, password);
          return false;
        }
        if (!stored.startsWith('$argon2id$')) return verifyForeignHash(password, stored);
        return verify(stored, password);
      }),
    isOutdated: (stored) => !stored.startsWith('$argon2id$') || !isCostOf(stored, cost),
  };
}

/** One core stays free for everything else. */
function placesFor(cores: number): number {
  return Math.max(1, Math.min(cores - 1, 3));
}

function isCostOf(stored: string, cost: Argon2Cost): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(stored);
  return memoryCost === cost.memoryCost && timeCost === cost.timeCost && parallelism === cost.parallelism;
}
