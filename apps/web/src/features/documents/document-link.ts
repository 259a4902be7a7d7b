import { api } from '../../api/api.ts';

/** Where this page's browser fetches the bytes of a document. */
export function documentLink(id: string, asked: { readonly version?: number; readonly preview?: true } = {}): string {
  return `/api/v1${api.documents.contentPath(id, asked)}`;
}
