import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from './client.ts';

interface ImportState {
  readonly status: 'queued' | 'running' | 'done' | 'failed';
  readonly rowsStored: number;
  readonly detail: string | null;
}

const ASK_EVERY_MS = 50;

/** Uploads a file of ticks and resolves when all of it is stored and visible. Throws unless that is `rows` rows. */
export async function importTicks(client: Client, bytes: Uint8Array<ArrayBuffer>, rows: number): Promise<void> {
  const name = 'ticks.zip';
  const { importId } = await client.upload<{ importId: string }>('/api/v1/imports/ticks', { name, bytes: new Blob([bytes]) });
  for (;;) {
    const state = await client.get<ImportState>(`/api/v1/imports/${importId}`);
    if (state.status === 'failed') throw new Error(`The import failed: ${state.detail ?? ''}`);
    if (state.status === 'done') {
      if (state.rowsStored !== rows) throw new Error(`Of ${rows} rows ${state.rowsStored} were stored.`);
      return;
    }
    await wait(ASK_EVERY_MS);
  }
}
