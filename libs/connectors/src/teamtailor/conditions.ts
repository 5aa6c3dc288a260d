import type { Condition } from '../contract/connector.js';
import { NATIVE_CONDITIONS } from '../contract/native-conditions.js';

export const CONDITIONS = {
  ...NATIVE_CONDITIONS,
  VERSION_REFUSED: {
    state: 'remote-not-ready',
    nextStep: 'Set apiVersion to one that Teamtailor’s documentation names: the one that is sent is not known there (any more).',
  },
} as const satisfies Readonly<Record<string, Condition>>;
