/** The colours of the app as custom properties: two themes, five direction palettes, six categories. */
type Theme = 'light' | 'dark';
type Pair = readonly [up: string, down: string];

export interface Tokens {
  readonly tokens: Record<Theme, Record<string, string>>;
  readonly direction: Record<Theme, Record<string, Pair>>;
  readonly directionFill: Record<Theme, Record<string, Pair>>;
  readonly category: Record<Theme, readonly string[]>;
}

/** Classic is the default and needs no attribute; red-up is classic the other way round. */
const PALETTES = ['classic', 'red-up', 'red-blue', 'blue-orange', 'ink'] as const;

export function tokensCss(tokens: Tokens): string {
  const light = themeRules(tokens, 'light', ':root');
  const dark = themeRules(tokens, 'dark', ":root[data-theme='dark']");
  const system = themeRules(tokens, 'dark', ":root:not([data-theme='light'])");
  const contrast = `:root:root:root {\n  --ink-2: var(--ink);\n  --ink-3: var(--ink);\n  --line: var(--line-strong);\n}`;
  return [
    '/* Made by make-tokens.ts from tokens.json: change the colours there. */',
    light,
    dark,
    `@media (prefers-color-scheme: dark) {\n${indented(system)}\n}`,
    `@media (prefers-contrast: more) {\n${indented(contrast)}\n}`,
  ]
    .join('\n\n')
    .concat('\n');
}

function indented(css: string): string {
  return css.replaceAll(/^(?=.)/gm, '  ');
}

/** Each palette also stands under `data-sample`, for the page that shows them side by side. */
function themeRules(tokens: Tokens, theme: Theme, root: string): string {
  const colours = Object.entries(tokens.tokens[theme]).map(([name, value]) => `--${name}: ${value.toLowerCase()};`);
  const categories = tokens.category[theme].map((value, index) => `--category-${String(index + 1)}: ${value.toLowerCase()};`);
  const palettes = PALETTES.map((palette) => {
    const attribute = palette === 'classic' ? '' : `[data-direction='${palette}']`;
    return rule(`${root}${attribute},\n${root} [data-sample='${palette}']`, directionLines(tokens, theme, palette));
  });
  return [rule(root, [`color-scheme: ${theme};`, ...colours, ...categories]), ...palettes].join('\n\n');
}

function directionLines(tokens: Tokens, theme: Theme, palette: (typeof PALETTES)[number]): string[] {
  if (palette === 'ink') return ['--up: var(--ink);', '--down: var(--ink);', '--up-fill: var(--ink-2);', '--down-fill: var(--ink-2);'];
  const swapped = palette === 'red-up';
  const name = swapped ? 'classic' : palette;
  const text = tokens.direction[theme][name];
  const fill = tokens.directionFill[theme][name];
  if (text === undefined || fill === undefined) throw new Error(`tokens.json has no direction palette ${name}`);
  const [up, down] = swapped ? [text[1], text[0]] : text;
  const [upFill, downFill] = swapped ? [fill[1], fill[0]] : fill;
  return [`--up: ${up};`, `--down: ${down};`, `--up-fill: ${upFill};`, `--down-fill: ${downFill};`].map((line) => line.toLowerCase());
}

function rule(selector: string, lines: readonly string[]): string {
  return `${selector} {\n${lines.map((line) => `  ${line}`).join('\n')}\n}`;
}
