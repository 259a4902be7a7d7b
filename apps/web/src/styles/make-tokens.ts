/** Writes src/styles/tokens.css from src/styles/tokens.json. Run it after changing a colour: npm run tokens. */
import { readFileSync, writeFileSync } from 'node:fs';
import { tokensCss, type Tokens } from './tokens-css.ts';

const styles = new URL('./', import.meta.url);
const tokens = JSON.parse(readFileSync(new URL('tokens.json', styles), 'utf8')) as Tokens;
writeFileSync(new URL('tokens.css', styles), tokensCss(tokens));
