/** A history as a list of steps that can be done again: who did what on which computer, and what befell the wires and the machines. */
import type { Weather } from './link.ts'
import { calm } from './link.ts'
import { drawOf, weighted, type Draw } from './random.ts'
import { personNames, type PersonName } from './world.ts'

export type Step =
  /** A person does something. `key` makes the ids, so that a step left out changes no other. */
  | { do: 'command'; on: number; as: PersonName; name: string; input: unknown; key: string }
  /** The device begins a round of the exchange, in a weather of its own. */
  | { do: 'sync'; on: number; luck: number }
  | { do: 'wait'; ms: number }
  /** The server's clock does what is due. */
  | { do: 'turn' }
  | { do: 'kill'; on: number; after: number }
  | { do: 'kill server'; after: number }
  | { do: 'clock'; on: number; hours: number }
  | { do: 'sign out'; on: number; as: PersonName }
  | { do: 'sign in'; on: number; as: PersonName }
  | { do: 'save disk'; on: number }
  | { do: 'restore disk'; on: number }
  | { do: 'save server' }
  | { do: 'restore server' }
  | { do: 'close recovery' }

export interface Setting {
  seed: number
  /** Who uses each computer. */
  devices: PersonName[][]
  weather: Weather
  steps: number
  /** Rounds are few and far between: much goes up at once, and people of one computer build on what is still unsent. */
  apart: boolean
  /** Whether the server's disk is put back from a copy in it. */
  restoring: boolean
  /** How often at most. */
  restores: number
}
export interface Replay {
  setting: Setting
  steps: Step[]
}

/** Most are small: many short ones find more than a few long ones. */
export function settingOf(seed: number, restoring = false, restores = 1): Setting {
  const draw = drawOf(seed, 'setting')
  const size = weighted(draw, { small: 88, middle: 10, large: 2 })
  const count = size === 'small' ? 2 + draw.below(2) : size === 'middle' ? 3 + draw.below(3) : 5 + draw.below(4)
  const devices: PersonName[][] = []
  for (let index = 0; index < count; index++) {
    const first = draw.chance(0.3) ? draw.one(['owner', 'manager'] as const) : draw.one(personNames)
    const others = personNames.filter((name) => name !== first)
    // One computer for two people: the evening person goes on with what the morning person typed.
    devices.push(draw.chance(0.28) ? [first, draw.one(others)] : [first])
  }
  const rough = draw.chance(0.7)
  const weather = rough
    ? {
        lost: draw.one([0, 0.05, 0.25]), doubled: draw.one([0, 0.1, 0.3]), cut: draw.one([0, 0.05, 0.2]), torn: draw.one([0, 0.1, 0.3]), stale: draw.one([0, 0.15, 0.5]), parted: draw.one([0, 0.3, 0.8]),
        expired: draw.one([0, 0.3, 0.7]), late: draw.one([0, 0.1, 0.3]), small: draw.one([0, 0.3, 0.8]),
      }
    : { ...calm, small: draw.one([0, 0.5]) }
  const steps = size === 'small' ? 16 + draw.below(24) : size === 'middle' ? 40 + draw.below(50) : 100 + draw.below(80)
  return { seed, devices, weather, steps, apart: draw.chance(0.35), restoring, restores }
}

const kinds = {
  command: 60, sync: 26, wait: 6, turn: 5, kill: 4, 'kill server': 1.5, clock: 1, 'sign out': 1, 'sign in': 1.2, 'save disk': 1, 'restore disk': 0.9, 'save server': 0, 'restore server': 0, 'close recovery': 0,
} as const
const restoringKinds = { ...kinds, 'save server': 3, 'restore server': 3.5, 'close recovery': 3.5 }

/** `command`: what that person could do there now; null when nothing comes to mind. */
export async function nextStep(
  draw: Draw, index: number, setting: Setting, command: (draw: Draw, on: number, as: PersonName) => Promise<{ name: string; input: unknown } | null>,
): Promise<Step> {
  const on = draw.below(setting.devices.length)
  const as = draw.one(setting.devices[on] ?? [])
  const usual = setting.restoring ? restoringKinds : kinds
  const kind = weighted(draw, setting.apart ? { ...usual, sync: 9 } : usual)
  switch (kind) {
    case 'command': {
      const found = await command(draw, on, as)
      return found ? { do: 'command', on, as, ...found, key: `${setting.seed}-${index}` } : { do: 'wait', ms: 1000 }
    }
    case 'sync': return { do: 'sync', on, luck: draw.below(2 ** 30) }
    case 'wait': return { do: 'wait', ms: draw.one([50, 1_000, 20_000, 3_600_000, 3_600_000, 40_000_000]) }
    case 'turn': return { do: 'turn' }
    case 'kill': return { do: 'kill', on, after: draw.below(60) }
    case 'kill server': return { do: 'kill server', after: draw.below(150) }
    case 'clock': return { do: 'clock', on, hours: draw.below(21) - 10 }
    case 'save server': case 'restore server': case 'close recovery': return { do: kind }
    case 'save disk': case 'restore disk': return { do: kind, on }
    case 'sign out': case 'sign in': return { do: kind, on, as }
  }
}
