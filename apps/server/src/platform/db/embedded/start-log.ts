/** The two levels this folder speaks at; the server's own log fits. */
export interface StartLog {
  info(message: string): void;
  warn(message: string): void;
}
