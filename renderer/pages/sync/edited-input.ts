/** Values of an input that a person can read and type: texts, numbers and times, to the depth of one list; ids and versions are the core's. */
export type Path = readonly (string | number)[]

const MOST = 40
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/
const isTyped = (name: string | number, value: unknown): boolean =>
  (typeof value === 'number' && name !== 'version') || (typeof value === 'string' && !ID.test(value) && !String(name).endsWith('_id'))

export function editable(input: unknown, path: Path = []): { path: Path; value: string | number }[] {
  if (typeof input !== 'object' || input === null || path.length > 3) return []
  return Object.entries(input).flatMap(([key, value]: [string, unknown]) => {
    const name = Array.isArray(input) ? Number(key) : key
    const here = [...path, name]
    return isTyped(name, value) ? [{ path: here, value: value as string | number }] : editable(value, here)
  }).slice(0, MOST)
}

/** The input with one value changed; nothing else of it is touched. */
export function withValue(input: Record<string, unknown>, [step, ...rest]: Path, value: unknown): Record<string, unknown> {
  if (step === undefined) return input
  return { ...input, [step]: put(input[step], rest, value) }
}
function put(part: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value
  if (Array.isArray(part)) return part.map((one: unknown, index) => (index === step ? put(one, rest, value) : one))
  return typeof part === 'object' && part !== null ? { ...part, [step]: put((part as Record<string, unknown>)[String(step)], rest, value) } : part
}
