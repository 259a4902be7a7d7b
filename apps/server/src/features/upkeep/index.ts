/** Upkeep: keys, facts, sessions and reports that have served their time are deleted every hour. */
export { upkeepJobs } from './upkeep-jobs.ts';
