/* Finds pages by the words of their titles, headings and text. The index is read when somebody first searches. */
const root = document.currentScript.dataset.root;
document.addEventListener('DOMContentLoaded', () => {
  const field = document.getElementById('search');
  const list = document.getElementById('found');
  let index = null;
  field.addEventListener('input', async () => {
    index ??= fetch(`${root}search.json`).then((answer) => answer.json());
    const pages = await index;
    const words = field.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word.length > 1);
    const score = ({ title, headings, text }) =>
      words.every((word) => text.includes(word))
        ? words.reduce((sum, word) => sum + (title.toLowerCase().includes(word) ? 9 : 0) + (headings.includes(word) ? 3 : 0) + 1, 0)
        : 0;
    const found = words.length === 0 ? [] : pages.filter((page) => score(page) > 0).sort((a, b) => score(b) - score(a));
    list.replaceChildren(
      ...found.slice(0, 12).map(({ title, address }) => {
        const link = document.createElement('a');
        link.href = root + address;
        link.textContent = title;
        const item = document.createElement('li');
        item.append(link);
        return item;
      }),
    );
  });
});
