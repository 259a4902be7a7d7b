import type { AnswerOf, BodyOf, QueryOf } from '@holdfast/contract';
import type { createReport, getReport, listReports } from '@holdfast/contract/reports';

export type Report = AnswerOf<typeof getReport>;
export type ReportKind = Report['report'];
export type ReportFormat = Report['format'];
export type ReportStatus = Report['status'];
export type NewReport = BodyOf<typeof createReport>;
export type ReportQuery = QueryOf<typeof listReports>;
