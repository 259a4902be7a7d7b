import type { NewDocument } from '@holdfast/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, newKey } from '../../api/api.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { describeError } from '../../ui/describe-error.ts';
import { documentsKey } from './document-queries.ts';

export interface Sent {
  readonly key: string;
  readonly file: File;
  readonly notes: NewDocument;
  /** From 0 to 1. */
  readonly share: number;
  readonly state: 'sending' | 'kept' | 'failed';
  readonly problem: string | null;
}

/** Files on their way, one after the other, each with how far it is; one that failed can be sent again with the same key. */
export function useSending(t: Translate) {
  const client = useQueryClient();
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const change = (key: string, part: Partial<Sent>): void => {
    setSent((all) => all.map((each) => (each.key === key ? { ...each, ...part } : each)));
  };
  const sendOne = async ({ key, file, notes }: Pick<Sent, 'key' | 'file' | 'notes'>): Promise<void> => {
    change(key, { state: 'sending', share: 0, problem: null });
    try {
      await api.documents.upload(file, notes, {
        key,
        onProgress: (share) => {
          change(key, { share });
        },
      });
      change(key, { state: 'kept', share: 1 });
      await client.invalidateQueries({ queryKey: documentsKey });
    } catch (error) {
      change(key, { state: 'failed', problem: describeError(error, t).detail });
    }
  };
  return {
    sent,
    send: async (files: readonly File[], notes: NewDocument): Promise<void> => {
      const added = files.map((file): Sent => ({ key: newKey(), file, notes, share: 0, state: 'sending', problem: null }));
      setSent((all) => [...all.filter(({ state }) => state !== 'kept'), ...added]);
      for (const each of added) await sendOne(each);
    },
    sendAgain: sendOne,
    dismiss: (key: string) => {
      setSent((all) => all.filter((each) => each.key !== key));
    },
  };
}
