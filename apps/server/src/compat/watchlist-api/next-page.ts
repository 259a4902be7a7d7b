/** The address of the page that follows, or null when there is none. */
export function nextPage(path: string, pageSize: number | undefined, cursor: string | null): string | null {
  if (cursor === null) return null;
  const size = pageSize === undefined ? {} : { page_size: String(pageSize) };
  return `${path}?${new URLSearchParams({ ...size, cursor }).toString()}`;
}
