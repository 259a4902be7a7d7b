import { makeReport } from './make-report.ts';

/** What the threads of reports can do. */
export const reportTasks = { report: makeReport };

export type ReportTasks = typeof reportTasks;
