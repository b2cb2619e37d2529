/** Telephone numbers and addresses that can reach nobody: ranges that regulators keep for fiction, and example domains. */
import { fold } from '../../shared/kernel/text.ts'
import type { PersonName } from './names.ts'

const pairs = (number: number): string => `${String(Math.floor(number / 100) % 100).padStart(2, '0')} ${String(number % 100).padStart(2, '0')}`

/** French mobiles of fiction are 10,000: beyond, they come again. Abroad, a British mobile of the drama range. */
export const mobileOf = (index: number, foreign: boolean): string =>
  foreign ? `+44 7700 900${String(index % 1000).padStart(3, '0')}` : `06 39 98 ${pairs(index % 10_000)}`

const landlines = { paris: '01 99 00', west: '02 61 91', east: '03 53 01', south: '04 65 71', ocean: '05 36 49' } as const
export type Region = keyof typeof landlines
export const landlineOf = (region: Region, index: number): string => `${landlines[region]} ${pairs(index % 10_000)}`

export const emailOf = (name: PersonName, index: number): string =>
  `${fold(`${name.first}.${name.family}`).replace(/đ/g, 'd').replace(/ł/g, 'l').replace(/ß/g, 'ss').replace(/[^a-z.]/g, '')}${index}@example.org`
