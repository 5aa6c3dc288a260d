import { GatewayError, type ResultContent } from '#libs/model';
import type { SettingField } from './connector.js';

/** Where results are shown in the ATS: one of the connector's channels, the first by default. */
export const resultChannelSetting = (channels: readonly [string, ...string[]]): SettingField => ({
  name: 'resultChannel',
  label: 'Where results are shown',
  help: `${channels.map((name, place) => (place === 0 ? `${name} (the default)` : name)).join(' or ')}.`,
  required: false,
  pattern: new RegExp(`^(${channels.join('|')})$`),
});

/** Fields of the customer's own in the ATS that hold the role fit and the link. `pattern`: what the ATS names a field by. */
export const resultFieldSettings = (pattern: RegExp): readonly SettingField[] => [
  {
    name: 'roleFitField',
    label: 'Field for the role fit',
    help: 'For custom-fields: what the ATS calls the number field of the candidate that takes the role fit (1 to 99).',
    required: false,
    pattern,
  },
  {
    name: 'resultUrlField',
    label: 'Field for the results’ address',
    help: 'For custom-fields: what the ATS calls the text or address field of the candidate that takes the link to the results.',
    required: false,
    pattern,
  },
];

/** What goes into which field of those that the settings name. Throws `config-invalid` where they name none that there is a value for. */
export function fieldValues(
  { roleFitField, resultUrlField }: Readonly<Record<string, string>>,
  { roleFit, reportUrl }: ResultContent,
): readonly { readonly field: string; readonly value: string | number }[] {
  const values = [
    ...(roleFitField === undefined || roleFit === null ? [] : [{ field: roleFitField, value: roleFit }]),
    ...(resultUrlField === undefined ? [] : [{ field: resultUrlField, value: reportUrl }]),
  ];
  if (values.length > 0) return values;
  throw new GatewayError('config-invalid', { detail: 'set resultUrlField (and roleFitField): results are to be shown in custom fields' });
}
