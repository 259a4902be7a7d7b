/** Progress goes to the error stream, so that what a command prints stays clean. */
export function say(text) {
  process.stderr.write(`holdfast: ${text}\n`);
}
