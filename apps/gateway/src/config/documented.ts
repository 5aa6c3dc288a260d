const meanings = new Map<string, string>();

/** Says what an environment variable means; the generated documentation reads it. */
export function Documented(meaning: string): PropertyDecorator {
  return (_target, name) => {
    meanings.set(String(name), meaning);
  };
}

/** Every declared variable with its meaning, in the order of declaration. */
export function documentedVariables(): readonly { readonly name: string; readonly meaning: string }[] {
  return [...meanings].map(([name, meaning]) => ({ name, meaning }));
}
