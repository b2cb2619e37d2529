/** Only the fields that were given: absent is not the same as empty. */
export function given<T extends object>(changes: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const kept: { [Name in keyof T]?: Exclude<T[Name], undefined> } = {}
  for (const name in changes) {
    const value = changes[name]
    if (isGiven(value)) kept[name] = value
  }
  return kept
}

const isGiven = <T>(value: T): value is Exclude<T, undefined> => value !== undefined
