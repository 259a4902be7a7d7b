import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ImportState } from '../features/imports/index.ts';
import { AppError } from '../platform/http/index.ts';
import type { Command, CommandNeeds, Terminal } from './command.ts';

const USE = 'Use: npm run import -- FILE… [--zone ZONE], such as: npm run import -- ticks.zip --zone Asia/Kolkata';
const BAR_WIDTH = 30;

/** `import FILE… [--zone ZONE]`: tick files of this machine, read as the server reads those that are sent to it. */
export const importCommand: Command = {
  summary: 'import FILE… [--zone ZONE]   imports tick files (CSV or zip), each all or nothing',
  run: async (words, needs) => {
    const asked = readWords(words);
    if (asked === null) {
      needs.terminal.print(USE);
      return 2;
    }
    let code = 0;
    for (const file of asked.files) code = Math.max(code, await importOne(needs, file, asked.zone));
    return code;
  },
};

function readWords(words: readonly string[]): { readonly files: readonly string[]; readonly zone: string | null } | null {
  const files: string[] = [];
  let zone: string | null = null;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '--zone') zone = words[(index += 1)] ?? '';
    else if (word.startsWith('--zone=')) zone = word.slice('--zone='.length);
    else if (word.startsWith('-')) return null;
    else files.push(word);
  }
  return files.length === 0 || zone === '' ? null : { files, zone };
}

/** 0 when the file's ticks are there, now or from before; 1 when they are not. */
async function importOne({ app, terminal, folder = '.' }: CommandNeeds, file: string, zone: string | null): Promise<number> {
  const path = resolve(folder, file);
  if (!existsSync(path)) {
    terminal.print(`There is no file ${path}.`);
    return 1;
  }
  try {
    const onState = (state: ImportState): void => terminal.redraw?.(progressLine(file, state));
    const started = await app.imports.importFile(path, { zone, caller: null, onState });
    const state = await started.ended;
    return state === null ? 1 : report(terminal, file, state);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    terminal.print(`${file}: ${error.message}`);
    return error.code === 'import_exists' ? 0 : 1;
  }
}

function report(terminal: Terminal, file: string, { status, rows, detail }: ImportState): number {
  if (status !== 'done') {
    terminal.print(`${file}: nothing was stored. ${detail ?? ''}`.trim());
    return 1;
  }
  const flagged = rows.flagged === 0 ? '' : `, ${figure(rows.flagged)} of them flagged as odd`;
  const rejected = rows.rejected === 0 ? '' : `; ${figure(rows.rejected)} could not be read`;
  terminal.print(`${file}: ${figure(rows.stored)} ${rows.stored === 1 ? 'row' : 'rows'} stored${flagged}${rejected}.`);
  if (detail !== null) terminal.print(`  ${detail}`);
  return 0;
}

/** "ticks.zip [###############               ]  50 %  1,000,000 rows". */
export function progressLine(file: string, { progress, rows }: ImportState): string {
  const done = Math.round(progress * BAR_WIDTH);
  const bar = '#'.repeat(done).padEnd(BAR_WIDTH);
  const percent = String(Math.floor(progress * 100)).padStart(3);
  return `${file} [${bar}] ${percent} %  ${figure(rows.read)} rows${progress === 1 ? ', putting them together' : ''}`;
}

function figure(count: number): string {
  return count.toLocaleString('en-US');
}
