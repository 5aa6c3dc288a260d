interface Page {
  readonly nextCursor: string | null;
}

/** Every page of a list, from `cursor` on: the next one is asked for once the last one is used up. */
export async function* pagesOf<One extends Page>(
  read: (cursor: string | undefined) => Promise<One>,
  begin: string | undefined,
): AsyncGenerator<One, void, undefined> {
  for (let cursor = begin; ;) {
    const page = await read(cursor);
    yield page;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}
