/** Looks through files before they are kept. */
export interface FileScan {
  /** Hands on a piece of the file; waits where the scanner cannot take more. */
  add(piece: Buffer): Promise<void>;
  /** The name of what was found, or null when the file is clean. Throws ScannerUnavailable. */
  finish(): Promise<string | null>;
  /** Gives up; nothing more is said. */
  abort(): void;
}

export interface VirusScanner {
  /** Throws ScannerUnavailable. */
  begin(): Promise<FileScan>;
}

export class ScannerUnavailable extends Error {
  constructor(why: string) {
    super(`The virus scanner does not answer: ${why}.`);
    this.name = 'ScannerUnavailable';
  }
}
