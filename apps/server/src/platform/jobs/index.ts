/** Work apart from requests: durable, retried, once per period over all servers, asked for within a transaction. */
export { addJob } from './add-job.ts';
export { installJobSchema } from './install-job-schema.ts';
export type { InstallOptions } from './install-job-schema.ts';
export type { Job, JobRun } from './job.ts';
export { startJobs } from './start-jobs.ts';
export type { Jobs, JobsOptions } from './start-jobs.ts';
