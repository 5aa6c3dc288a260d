/** Values of parameters by name; undefined ones are left out. */
export type Values = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * The address of a call: `template` with each `{name}` from `path`, then the query. Throws `TypeError` for a value that would lead to another operation:
 * none, an empty one, `.` or `..`.
 */
export function addressOf(baseUrl: string, template: string, path: Values, query: Values): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => segmentOf(name, path[name]));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.append(name, String(value));
  return `${baseUrl.replace(/\/+$/, '')}${filled}${search.size === 0 ? '' : `?${search.toString()}`}`;
}

function segmentOf(name: string, value: unknown): string {
  if (typeof value !== 'string' || /^\.{0,2}$/.test(value)) throw new TypeError(`the path's "${name}" is none`);
  return encodeURIComponent(value);
}
