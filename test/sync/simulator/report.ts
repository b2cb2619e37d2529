/** What a run did, in figures, and a broken history in words. */
import type { History } from './history.ts'
import type { Step } from './steps.ts'

export interface Totals {
  histories: number
  seconds: number
  devices: number
  steps: number
  issued: number
  refused: number
  rounds: number
  outcomes: Record<string, number>
  faults: Record<string, number>
}
export const emptyTotals = (): Totals => ({ histories: 0, seconds: 0, devices: 0, steps: 0, issued: 0, refused: 0, rounds: 0, outcomes: {}, faults: {} })

export function summed(totals: Totals, { counts, replay }: History): void {
  totals.histories++
  totals.devices += replay.setting.devices.length
  totals.steps += replay.steps.length
  totals.issued += counts.issued
  totals.refused += counts.refused
  totals.rounds += counts.rounds
  for (const which of ['outcomes', 'faults'] as const) for (const [name, times] of Object.entries(counts[which])) totals[which][name] = (totals[which][name] ?? 0) + times
}

function inWords(step: Step): string {
  if (step.do === 'command') return `device ${step.on}, ${step.as}: ${step.name} ${JSON.stringify(step.input)}`
  const { do: what, ...more } = step
  return `${'on' in step ? `device ${step.on}: ` : ''}${what} ${JSON.stringify(more)}`
}

/** The law, what was found, and the steps that lead there. */
export function printed({ replay, broken }: History): string {
  const { seed, devices, weather } = replay.setting
  return [
    `seed ${seed} breaks: ${broken?.law ?? 'nothing'}`, `  ${broken?.found ?? ''}`, `devices ${JSON.stringify(devices)}, weather ${JSON.stringify(weather)}`,
    ...replay.steps.map((step, index) => `${index + 1}. ${inWords(step)}`),
  ].join('\n')
}
