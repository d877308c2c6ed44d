import { expect, test } from 'vitest';
import { fromPages } from './pages.ts';

async function* pagesOf(pages: readonly string[][], log: string[]): AsyncGenerator<string[]> {
  for (const page of pages) {
    log.push(`ask for ${page.join()}`);
    yield page;
  }
}

test('the next page is on its way while one is turned, and an empty one ends nothing', async () => {
  const log: string[] = [];
  const values = await fromPages(pagesOf([['a', 'b'], [], ['c']], log), page => {
    log.push(`turn ${page.join()}`);
    return page;
  });
  expect(values).toEqual(['a', 'b', 'c']);
  expect(log).toEqual(['ask for a,b', 'ask for ', 'turn a,b', 'ask for c', 'turn ', 'turn c']);
});

test('a page that cannot be turned fails the whole, though the page after it fails as well', async () => {
  async function* pages() {
    yield 'odd';
    await Promise.reject(new Error('the next page failed'));
  }
  const turn = () => {
    throw new Error('the page is odd');
  };
  await expect(fromPages(pages(), turn)).rejects.toThrow('the page is odd');
});
