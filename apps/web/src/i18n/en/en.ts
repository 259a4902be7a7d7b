import { firstWords } from './first-words.ts';
import { memberWords } from './member-words.ts';

/** Every English word of the app. The other languages have the same keys. */
export const en = { ...firstWords, ...memberWords } as const;
