import { LRUCache } from 'lru-cache';

/** Answers as JSON text, by what was asked, good for as long as the version of what they were made from stays the same. */
export interface AnswerCache {
  /** The kept text, or undefined when there is none of this version. */
  get(key: string, version: string): string | undefined;
  set(key: string, version: string, text: string): string;
}

interface Kept {
  readonly version: string;
  readonly text: string;
}

const MOST_ANSWERS = 2_000;
const MOST_CHARACTERS = 64 * 1_048_576;

export function createAnswerCache(): AnswerCache {
  const kept = new LRUCache<string, Kept>({
    max: MOST_ANSWERS,
    maxSize: MOST_CHARACTERS,
    sizeCalculation: ({ text }, key) => text.length + key.length + 100,
  });
  return {
    get(key, version) {
      const found = kept.get(key);
      return found?.version === version ? found.text : undefined;
    },
    set(key, version, text) {
      kept.set(key, { version, text });
      return text;
    },
  };
}
