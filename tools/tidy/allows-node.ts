type Version = readonly [major: number, minor: number, patch: number];

/** Whether a range as in `engines.node` ("^20.19.0 || >=22.12") allows a version of Node. Understands what packages write there. */
export function allowsNode(range: string, version: Version): boolean {
  return range.split('||').some((part) => {
    const hyphen = /^\s*(\S+)\s+-\s+(\S+)\s*$/.exec(part);
    const comparators =
      hyphen === null
        ? part
            .replaceAll(/([<>=^~])\s+/g, '$1')
            .trim()
            .split(/[\s,]+/)
        : [`>=${hyphen[1]}`, `<=${hyphen[2]}`];
    return comparators.every((comparator) => allows(comparator, version));
  });
}

function allows(comparator: string, version: Version): boolean {
  const match = /^(\^|~|>=|<=|>|<|=)?v?(\d+|x|\*)?(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?/.exec(comparator);
  const [, sign = '=', ...written] = match ?? [];
  const parts = written.filter((part) => part !== undefined && part !== 'x' && part !== '*').map(Number);
  const [major] = parts;
  if (major === undefined) return true;
  const lowest: Version = [major, parts[1] ?? 0, parts[2] ?? 0];
  switch (sign) {
    case '>=':
      return compare(version, lowest) >= 0;
    case '<':
      return compare(version, lowest) < 0;
    case '<=':
      return compare(version, lowest) < 0 || startsWith(version, parts);
    case '>':
      return compare(version, lowest) > 0 && !startsWith(version, parts);
    case '^':
      return version[0] === major && compare(version, lowest) >= 0;
    case '~':
      return compare(version, lowest) >= 0 && startsWith(version, parts.slice(0, 2));
    default:
      return startsWith(version, parts);
  }
}

function startsWith(version: Version, parts: readonly number[]): boolean {
  return parts.every((part, position) => version[position] === part);
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
