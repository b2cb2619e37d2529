import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  conditionOf, movedColumn, pickedOf, readChosen, readColumns, readDays, readPage, readPer, readPicked, textOfFilter, toggled, writeChosen, writeColumns, writeDays, writePicked,
} from '../../../renderer/components/list/address.ts'
import type { Chosen, ListFilter } from '../../../renderer/components/list/address.ts'

const value = fc.option(fc.string({ minLength: 1 }), { nil: null })
const chosen: fc.Arbitrary<Chosen> = fc.record({ not: fc.boolean(), values: fc.uniqueArray(value, { minLength: 1, maxLength: 6 }) })
const department: ListFilter = { name: 'dept', label: 'Département', column: 'department_code' }

describe('filters in the address', () => {
  test('whatever is chosen comes back as it was, commas and marks inside values too', () => {
    fc.assert(
      fc.property(chosen, (one) => {
        expect(readChosen(writeChosen(one))).toEqual(one)
      }),
    )
  })
  test('are read as in a link someone typed', () => {
    expect(readChosen('LUM,SON')).toEqual({ not: false, values: ['LUM', 'SON'] })
    expect(readChosen('!canceled')).toEqual({ not: true, values: ['canceled'] })
    expect(writeChosen({ not: false, values: ['LUM', null] })).toBe('LUM,~')
  })
  test('nothing chosen leaves the address, also after "all but"', () => expect(writeChosen({ not: true, values: [] })).toBe(''))
  test('ticking twice changes nothing', () => {
    fc.assert(
      fc.property(chosen, value, (one, other) => {
        expect(new Set(toggled(toggled(one, other), other).values)).toEqual(new Set(one.values))
      }),
    )
  })
  test('become what the list is asked', () => {
    expect(conditionOf(department, 'LUM')).toBe('LUM')
    expect(conditionOf(department, 'LUM,~')).toEqual(['LUM', null])
    expect(conditionOf(department, '!LUM')).toEqual({ not: 'LUM' })
    expect(conditionOf(department, '')).toBeUndefined()
    expect(conditionOf({ ...department, kind: 'boolean' }, 'false')).toBe(false)
    expect(conditionOf({ ...department, kind: 'number' }, '2,3')).toEqual([2, 3])
  })
  test('a usual filter holds until it is taken off', () => {
    const state: ListFilter = { ...department, name: 'state', preset: '!canceled' }
    expect([textOfFilter(state, ''), textOfFilter(state, '*'), textOfFilter(state, 'planned')]).toEqual(['!canceled', '', 'planned'])
  })
})

describe('days in the address', () => {
  test('come back as they were', () => {
    for (const text of ['2026-10-24..2026-10-25', '2026-10-24..', '..2026-10-25']) expect(writeDays(readDays(text))).toBe(text)
    expect(readDays('24/10')).toEqual({ from: null, to: null })
  })
  test('reach from the first minute to the last of those days in the zone, the night of 25 hours too', () => {
    const date: ListFilter = { name: 'date', label: 'Date', column: 'start_at', kind: 'days', zone: 'Europe/Paris' }
    expect(conditionOf(date, '2026-10-25..2026-10-25')).toEqual({ gte: '2026-10-24T22:00:00.000Z', lt: '2026-10-25T23:00:00.000Z' })
    expect(conditionOf({ name: 'date', label: 'Date', column: 'sheet_date', kind: 'days' }, '2026-10-25..')).toEqual({ gte: '2026-10-25' })
  })
})

describe('pages and columns in the address', () => {
  const columns = [{ key: 'name' }, { key: 'role' }, { key: 'phone' }, { key: 'kind', optional: true }]
  test('a page that is none is the first, a size that is none is fifty', () => {
    expect([readPage('3'), readPage('0'), readPage('x'), readPage('')]).toEqual([3, 1, 1, 1])
    expect([readPer('200'), readPer('75'), readPer('')]).toEqual([200, 50, 50])
  })
  test('the usual columns take no place, a choice comes back in its order', () => {
    expect(writeColumns(['name', 'role', 'phone'], columns)).toBe('')
    fc.assert(
      fc.property(fc.shuffledSubarray(['name', 'role', 'phone', 'kind'], { minLength: 1 }), (keys) => {
        const text = writeColumns(keys, columns)
        expect(readColumns(text, columns).map((column) => column.key)).toEqual(keys)
      }),
    )
    expect(readColumns('gone,role', columns).map((column) => column.key)).toEqual(['role'])
  })
  test('a column moves one place and stays inside', () => {
    expect(movedColumn(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b'])
    expect(movedColumn(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c'])
  })
})

describe('chosen rows in the address', () => {
  const everything = Array.from({ length: 30 }, (_, at) => `m${at}`)
  const resolve = (text: string): Set<string> => {
    const { all, ids } = readPicked(text)
    return all ? new Set(everything.filter((id) => !ids.includes(id))) : new Set(ids)
  }
  test('any choice comes back, whether all had been chosen before or not', () => {
    fc.assert(
      fc.property(fc.subarray(everything), fc.boolean(), (ids, wasAll) => {
        expect(resolve(writePicked(pickedOf(new Set(ids), everything, wasAll)))).toEqual(new Set(ids))
      }),
    )
  })
  test('all but one is said as that, not as the twenty-nine others', () => {
    const left = new Set(everything)
    left.delete('m3')
    expect(writePicked(pickedOf(left, everything, true))).toBe('*,m3')
  })
})
