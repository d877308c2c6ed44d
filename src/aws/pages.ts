/**
 * Turns the pages of a paginated call into values; while one page is turned, the next is already on its way.
 * A page may be empty and still have a successor: only the paginator knows where the end is.
 */
export async function fromPages<Page, Value>(
  pages: AsyncGenerator<Page>,
  values: (page: Page) => readonly Value[],
): Promise<Value[]> {
  const all: Value[] = [];
  let next = pages.next();
  for (;;) {
    const page = await next;
    if (page.done === true) return all;
    next = pages.next();
    // If turning this page throws, nobody waits for the next one any more.
    next.catch(() => {});
    for (const value of values(page.value)) all.push(value);
  }
}

/** Reads more about each item of a paginated call, while its later pages are still on their way. */
export async function readEach<Page, Item, Value>(
  pages: AsyncGenerator<Page>,
  items: (page: Page) => readonly Item[],
  read: (item: Item) => Promise<Value>,
): Promise<Value[]> {
  const values = await fromPages(pages, page =>
    items(page).map(item => {
      const value = read(item);
      // If a later page fails, nobody waits for this one any more.
      value.catch(() => {});
      return value;
    }),
  );
  return Promise.all(values);
}
