const BROWSERS = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;
const SYSTEMS = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const;

/** "Firefox · Linux" out of a browser's long name for itself; other clients by their first word; null without one. */
export function nameOfAgent(agent: string | null): string | null {
  if (agent === null || agent.trim() === '') return null;
  const browser = BROWSERS.find(([pattern]) => pattern.test(agent))?.[1];
  if (browser === undefined) return agent.split(/[/ ]/, 1)[0]?.slice(0, 40) ?? null;
  const system = SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1];
  return system === undefined ? browser : `${browser} · ${system}`;
}
