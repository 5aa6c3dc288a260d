/**
 * Kombo's own SDK, the oracle for our requests and our list of codes. By path, as the package's condition `source` names TypeScript files
 * that neither jest nor our strict compiler can take.
 */
export { HTTPClient, Kombo } from '../../../../node_modules/@kombo-api/sdk/esm/index.js';
export { KomboAtsErrorCode } from '../../../../node_modules/@kombo-api/sdk/esm/models/komboatserror.js';
export { KomboGeneralErrorCode } from '../../../../node_modules/@kombo-api/sdk/esm/models/kombogeneralerror.js';
export { KomboHrisErrorCode } from '../../../../node_modules/@kombo-api/sdk/esm/models/kombohriserror.js';
