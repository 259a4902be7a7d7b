import type { DocumentKind } from '@holdfast/sdk';

export const DOCUMENT_KINDS = ['tax', 'certificate', 'statement', 'other'] as const satisfies readonly DocumentKind[];

/** What the server takes, for the browser's choice of files; what a file really is, the server looks at itself. */
export const ACCEPTED_FILES = '.pdf,.png,.jpg,.jpeg,.webp,.gif,.tif,.tiff,.heic,.txt,.csv,.docx,.xlsx,.odt,.ods';

/** A year as somebody typed it; undefined when it is none, null when nothing was typed. */
export function readYear(typed: string): number | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  const year = /^\d{4}$/.test(text) ? Number.parseInt(text, 10) : 0;
  return year >= 1900 && year <= 2200 ? year : undefined;
}
