import type { en } from '../en/en.ts';
import type { Wording } from '../wording.ts';
import { firstWords } from './first-words.ts';
import { memberWords } from './member-words.ts';

export const de: Wording<typeof en> = { ...firstWords, ...memberWords };
