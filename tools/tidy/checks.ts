import { checkLeftovers } from './leftovers.ts';
import { checkLockFile } from './lock-file.ts';
import { checkNames } from './names.ts';
import { checkCommands } from './promises.ts';
import { checkFrontDoors, checkMigrations, checkShapes } from './shapes.ts';
import type { Check } from './tree.ts';

export const checks: readonly Check[] = [
  checkNames,
  checkLeftovers,
  checkShapes,
  checkFrontDoors,
  checkMigrations,
  checkCommands,
  checkLockFile,
];
