import { component, object, time, truth } from '../../http/openapi-schema.js';

export const AUTHORIZATION = component('Authorization', object({ url: { type: 'string', format: 'uri' }, expiresAt: time }));
export const CONNECTED = object({ connected: truth });
