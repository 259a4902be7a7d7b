/** Prints a secret that is fit for SECRET_KEY: `npm run secret`. */
import { makeSecret } from '../apps/server/src/config/secret-rules.ts';

console.log(makeSecret());
