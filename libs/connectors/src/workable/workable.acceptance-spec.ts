import { describeConnector } from '../acceptance/describe-connector.js';
import { workable } from './index.js';

describeConnector(workable, {
  sizes: { candidates: 220, jobs: 60, users: 120 },
  // One row is a person and their one application.
  counts: { candidate: (source) => source.sizeOf('application') },
  resultSettings: { comment: { noteUserId: '4000001' } },
  sparse: false,
});
