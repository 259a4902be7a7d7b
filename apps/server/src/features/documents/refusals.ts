import { AppError } from '../../platform/http/index.ts';
import type { DocumentLimits } from './document-needs.ts';

export function tooLarge({ mostBytes }: DocumentLimits): AppError {
  return new AppError('too_large', `The file has more than ${mostBytes} bytes, which is the most a document may have.`);
}

export function noRoom({ quotaBytes }: DocumentLimits, used: number): AppError {
  return new AppError(
    'document_quota',
    `Your documents may take ${quotaBytes} bytes, ${used} are taken, and the file needs more than what is left. Remove documents that you no longer need.`,
  );
}

export function tooMany({ mostDocuments }: DocumentLimits): AppError {
  return new AppError('document_quota', `You keep ${mostDocuments} documents, which is the most. Remove one that you no longer need.`);
}
