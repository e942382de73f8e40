/** The fields that have a value: options that were not given are left out, not set to undefined. */
export function pickDefined<Value extends object>(
  fields: Value,
): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Value]: Exclude<Value[Key], undefined>;
  };
}
