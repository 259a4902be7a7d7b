import { AppError } from '../../platform/http/index.ts';

/** What is wrong with an archive, and so with the whole of it: nothing of it is kept. */
export function wrongArchive(detail: string): AppError {
  return new AppError('invalid_value', `${detail} Nothing was brought in.`, { errors: [{ path: 'file', message: detail }] });
}
