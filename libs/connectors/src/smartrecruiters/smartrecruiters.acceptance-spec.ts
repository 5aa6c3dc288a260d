import { describeConnector } from '../acceptance/describe-connector.js';
import { smartrecruiters } from './index.js';

describeConnector(smartrecruiters, {
  sizes: { candidates: 330, jobs: 130, users: 130 },
  resultSettings: { message: {}, 'custom-fields': { roleFitField: 'role-fit', resultUrlField: 'alva-results' } },
  sparse: false,
});
