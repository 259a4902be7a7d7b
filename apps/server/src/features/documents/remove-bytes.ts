import type { DocumentNeeds } from './document-needs.ts';
import { deleteLeaving } from './file-store.ts';

/** First the bytes and then the row: whatever breaks off between them, the row is there to say what is left to remove. */
export async function removeBytes({ db, storage }: Pick<DocumentNeeds, 'db' | 'storage'>, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await storage.remove(name);
    await deleteLeaving(db, name);
  }
}
