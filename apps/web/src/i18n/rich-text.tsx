/** Shows a sentence in which <b>…</b> marks what matters. Nothing else in it is markup. */
export function RichText({ text }: { readonly text: string }) {
  return text.split(/<b>(.*?)<\/b>/g).map((part, index) => (index % 2 === 1 ? <b key={index}>{part}</b> : part));
}

/** The same sentence for a screen reader or a title. */
export function plainText(text: string): string {
  return text.replaceAll(/<\/?b>/g, '');
}
