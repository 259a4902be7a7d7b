export interface ProcessFacts {
  readonly nodeVersion: string;
  readonly uptimeSeconds: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
}

/** What the process says of itself. */
export function readProcessFacts(): ProcessFacts {
  const { rss: residentBytes, heapUsed: heapBytes } = process.memoryUsage();
  return { nodeVersion: process.version, uptimeSeconds: process.uptime(), residentBytes, heapBytes };
}
