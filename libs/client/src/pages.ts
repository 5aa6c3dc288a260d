interface Page<Item> {
  readonly data: readonly Item[];
  readonly nextCursor: string | null;
}

/** Every item of a list, page by page: the next page is asked for once the last one is used up. */
export async function* itemsOf<Item>(read: (cursor: string | undefined) => Promise<Page<Item>>): AsyncGenerator<Item, void, undefined> {
  for (let cursor: string | undefined; ;) {
    const page: Page<Item> = await read(cursor);
    yield* page.data;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}
