/** The port names the socket's file and nothing else: PostgreSQL listens on no network address. */
export function databaseUrl(socketFolder: string): string {
  return `postgres:///holdfast?host=${encodeURIComponent(socketFolder)}&port=5432&user=holdfast`;
}
