import { isCode, isGiven, isText } from './tree.ts';
import type { Check } from './tree.ts';

const mostLines = 400;
/** A migration is written once and read as a whole, and so is a page of styles. */
const mostLinesOfLists = 800;
const mostCharacters = 1_000_000;

/** A file ends with a newline and is as long as one idea needs. */
export const checkShapes: Check = (tree) =>
  tree.paths
    .filter((path) => isText(path) && path !== 'package-lock.json')
    .flatMap((path) => {
      const text = tree.read(path);
      const lines = text.split('\n').filter((line) => line.trim() !== '').length;
      const most = /\.(sql|css)$/.test(path) ? mostLinesOfLists : mostLines;
      return [
        ...(text === '' || text.endsWith('\n') || isGiven(path) ? [] : [{ path, says: 'does not end with a newline.' }]),
        ...(isCode(path) && lines > most ? [{ path, says: `has ${lines} lines and may have ${most}: which idea can leave?` }] : []),
        ...(text.length > mostCharacters && !isGiven(path)
          ? [{ path, says: `has ${text.length} characters: is it meant to be here?` }]
          : []),
      ];
    });

/** Each module of the engine begins by saying what part of the trade it is. */
export const checkFrontDoors: Check = (tree) =>
  tree.paths
    .filter((path) => /^packages\/engine\/src\/[^/]+\/index\.ts$/.test(path) && !tree.read(path).startsWith('/**'))
    .map((path) => ({ path, says: 'does not begin by saying what this part of the trade is.' }));

/** Migrations run in the order of their numbers, and none is missing or there twice. */
export const checkMigrations: Check = (tree) =>
  tree.paths
    .filter((path) => /\/db\/migrations\/[^/]+\.sql$/.test(path))
    .toSorted()
    .flatMap((path, position) => {
      const expected = String(position + 1).padStart(4, '0');
      return path.includes(`/migrations/${expected}-`)
        ? []
        : [{ path, says: `is number ${position + 1} in order and should begin with ${expected}-.` }];
    });
