import { signatureOf } from './webhooks.js';

describe('a webhook of SmartRecruiters', () => {
  it('is signed over the time, the body and the headers that name the event', () => {
    const told = {
      timestamp: '1574080897',
      body: '{"job_id":"jid","candidate_id":"cid"}',
      id: '123',
      name: 'application.created',
      version: 'v201910',
      link: '<http://smartrecruiters.com/endpoint>; rel=self',
    };
    expect(signatureOf('HeBVky2bccvvkcXPimH8c', told)).toBe('2e9291f10d44ca10204a4cd81b05d73b6a316b2b605d4e2e0e0b37b40198ce1f');
  });
});
