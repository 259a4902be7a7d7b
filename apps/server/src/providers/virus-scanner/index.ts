/** A virus scanner for uploads: clamd, where there is one. */
export { createClamdScanner } from './clamd.ts';
export { ScannerUnavailable } from './virus-scanner.ts';
export type { FileScan, VirusScanner } from './virus-scanner.ts';
