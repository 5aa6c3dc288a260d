import { AccountUnderSpec } from '../account-under-spec.js';

let account: AccountUnderSpec;
beforeAll(async () => {
  account = await AccountUnderSpec.start('recruitee', { candidates: 130, jobs: 20, users: 15 });
});
afterAll(() => account.close());

const get = (path: string, token = account.made.credentials.apiToken) =>
  account.call('GET', `/c/${account.made.accountId}${path}`, { authorization: `Bearer ${token}` });

describe('Recruitee', () => {
  it('holds what a token’s own company has', async () => {
    expect((await get('/offers')).status).toBe(200);
    expect((await get('/offers', 'another')).status).toBe(401);
    const elsewhere = await account.call('GET', '/c/elsewhere/offers', { authorization: `Bearer ${account.made.credentials.apiToken}` });
    expect(elsewhere.status).toBe(401);
  });

  it('lists talent pools among the offers', async () => {
    const kinds = (await get('/offers?limit=100')).body.offers.map(({ kind }: { kind: string }) => kind);
    expect(kinds.filter((kind: string) => kind === 'talent_pool')).toHaveLength(2);
    expect(kinds).toHaveLength(22);
  });

  it('tells an offer’s stages in its detail alone', async () => {
    const { offers } = (await get('/offers')).body;
    const { offer } = (await get(`/offers/${offers[0].id}`)).body;
    expect(offers[0].pipeline_template).toBeUndefined();
    expect(offer.pipeline_template.stages[0]).toMatchObject({ name: 'Applied', position: 0, category: 'apply' });
  });

  it('gives candidates with their placements by offset, and tells no total', async () => {
    const { body } = await get('/candidates?limit=100&offset=100');
    expect(Object.keys(body)).toEqual(['candidates']);
    expect(body.candidates).toHaveLength(30);
    expect(body.candidates[0].placements[0]).toMatchObject({ candidate_id: body.candidates[0].id, offer_id: expect.any(Number) });
    expect(body.candidates[0].phones[0]).toContain('kanarie-4711');
  });

  it('moves what follows when a candidate is deleted meanwhile', async () => {
    const before = (await get('/candidates?limit=10&offset=10')).body.candidates[0].id;
    await account.control('DELETE', '/records/candidates/3');
    const after = (await get('/candidates?limit=10&offset=9')).body.candidates[0].id;
    await account.control('POST', '/records/candidates/3/restore');
    expect(after).toBe(before);
  });

  it('shows no candidates to who may not see every offer', async () => {
    await account.control('PATCH', '', { rights: 'member' });
    expect((await get('/candidates')).body.candidates).toEqual([]);
    await account.control('PATCH', '', { rights: 'admin' });
  });
});
