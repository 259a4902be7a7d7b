/** Takes the secrets that slip into messages out of a text: passwords in addresses, tokens, API keys. */
export function scrub(text: string): string {
  // Cut first: an error may carry a whole file, and the patterns below take longer than linear time on some.
  return text
    .slice(0, 20_000)
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@]*@/gi, '$1:[hidden]@')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[hidden token]')
    .replace(/\b(bearer|basic) +[\w.~+/=-]+/gi, '$1 [hidden]')
    .replace(/([?&](?:api_?key|apikey|token|key|secret|password|code)=)[^&\s"]+/gi, '$1[hidden]');
}
