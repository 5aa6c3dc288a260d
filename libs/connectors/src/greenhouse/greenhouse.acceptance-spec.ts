import { describeConnector } from '../acceptance/describe-connector.js';
import { greenhouse } from './index.js';

describeConnector(greenhouse, {
  sizes: { candidates: 620, jobs: 130, users: 510 },
  resultSettings: { note: { noteUserId: '4000001' }, 'custom-fields': { roleFitField: 'role_fit', resultUrlField: 'alva_results' } },
  sparse: true,
});
