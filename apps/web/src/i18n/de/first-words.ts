import { session } from './session.ts';
import { shell } from './shell.ts';
import { unsubscribe } from './unsubscribe.ts';

/** What is needed before anybody is signed in. */
export const firstWords = { ...shell, ...session, ...unsubscribe };
