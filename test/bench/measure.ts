/** Figures of one bench: ours, the reference of the same run, and what was promised. */
export interface Measure {
  name: string
  value: number
  unit: string
  /** The same work with nothing of ours around it, measured in the same run. */
  reference: number
  /** Ours over the reference. */
  ratio: number
}
export interface Target {
  /** Largest ratio promised. */
  ratio?: number
  /** Largest value promised, in the bench's unit. */
  value?: number
  /** Least value promised, where more is better. */
  least?: number
}
export interface Figures extends Measure {
  target: Target
  /** What else is worth saying, for the table only; broken promises begin with `MISSED`. */
  note: string
}

export function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
export const median = (times: readonly number[]): number => quantile(times, 0.5)
export const sum = (times: readonly number[]): number => times.reduce((all, one) => all + one, 0)

const rounded = (value: number): number => Number(value.toPrecision(4))

export function figures(name: string, unit: string, value: number, reference: number, target: Target = {}, note = ''): Figures {
  return { name, unit, value: rounded(value), reference: rounded(reference), ratio: rounded(value / reference), target, note }
}

export function missed({ value, ratio, target, note }: Figures): boolean {
  return (target.ratio !== undefined && ratio > target.ratio) || (target.value !== undefined && value > target.value) || (target.least !== undefined && value < target.least) || note.startsWith('MISSED')
}

export async function timed<T>(work: () => Promise<T> | T): Promise<[ms: number, value: T]> {
  const start = performance.now()
  const value = await work()
  return [performance.now() - start, value]
}
