/** Documents of an archive: their bytes go into the storage first, then rows and bytes are bound in the transaction of the import. */
import type { ArrivedFile, DocumentIntake } from '../documents/index.ts';
import type { ArchivedDocument } from './archive-shapes.ts';
import type { ExportCaller } from './start-export.ts';
import type { Archive } from './open-archive.ts';

export interface ArrivedDocument {
  readonly archived: ArchivedDocument;
  readonly file: ArrivedFile;
}

/** Takes the bytes of all of them in; each is added to `arrived` as soon as it is there, so that it can be let go of when another fails. */
export async function receiveDocuments(
  intake: DocumentIntake,
  { archive, userId, arrived }: { readonly archive: Archive; readonly userId: string; readonly arrived: ArrivedDocument[] },
  documents: readonly ArchivedDocument[],
): Promise<void> {
  for (const archived of documents) {
    if (archived.path === null) continue;
    const file = await intake.receive(userId, { content: archive.open(archived.path), fileName: archived.fileName });
    arrived.push({ archived, file });
  }
}

/** Answers how many documents there are of it. Those of a portfolio that is not brought in belong to none. */
export async function bringDocuments(
  intake: DocumentIntake,
  { caller, portfolioIds }: { readonly caller: ExportCaller; readonly portfolioIds: ReadonlyMap<string, string> },
  arrived: readonly ArrivedDocument[],
): Promise<number> {
  const kept = new Map<string, string>();
  for (const { archived, file } of [...arrived].sort((a, b) => a.archived.version - b.archived.version)) {
    const { documentId, kind = 'other', name = null, note, taxYear } = archived;
    const id = kept.get(documentId);
    if (id !== undefined) {
      await intake.keepVersion(caller, { file, id });
      continue;
    }
    const portfolioId = archived.portfolioId === null ? null : (portfolioIds.get(archived.portfolioId) ?? null);
    const made = await intake.keep(caller, { file, notes: { kind, name, note, taxYear, portfolioId } });
    kept.set(documentId, made.id);
  }
  return kept.size;
}
