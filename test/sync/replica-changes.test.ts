/** What a laptop remembers of which fields changed from version to version: enough for every answer, in bounded room. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { OrganizationFile } from '../../shared/store/organization-file.ts'
import { changedSince, foldChanges, MOST_CHANGES, noteChange } from '../../shared/store/replica-changes.ts'
import { openMemoryFile } from '../../shared/store/replica-file.ts'

const org = 'org'
const fields = ['title', 'notes', 'start_at', 'end_at']
let file: OrganizationFile

beforeEach(() => {
  file = openMemoryFile('replica')
})
afterEach(() => file.close())

const count = async (): Promise<unknown> => (await file.engine.all('SELECT COUNT(*) AS n FROM replica_change', []))[0]?.['n']

describe('the fields that changed since a version', () => {
  it('are never told too few, however often they are folded; exactly to who is a few versions behind, and to who is behind all that was folded', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.subarray(fields, { minLength: 1 }), { minLength: 1, maxLength: 30 }), fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 3 }), fc.integer({ min: 1, max: 6 }), async (changes, folds, most) => {
      await file.engine.run('DELETE FROM replica_change', [])
      for (const [index, changed] of changes.entries()) {
        await noteChange(file.engine, org, 'mission', 'one', index + 2, changed)
        if (folds.includes(index)) await foldChanges(file.engine, org, most)
      }
      await foldChanges(file.engine, org, most)
      expect(Number(await count())).toBeLessThanOrEqual(most)
      const newest = changes.length + 1
      for (let version = 1; version <= newest; version++) {
        const wanted = new Set(changes.slice(version - 1).flat())
        const told = await changedSince(file.engine, org, 'mission', 'one', version)
        for (const name of wanted) expect(told).toContain(name)
        if (version === 1 || version > newest - most) expect(told).toEqual(wanted)
      }
    }), { numRuns: 60 })
  })

  it('of a row that changes all the time take no more room than those of fifty versions, and no other row’s are touched', async () => {
    for (let version = 2; version < 400; version++) await noteChange(file.engine, org, 'mission', 'dragged', version, ['start_at', 'end_at'])
    for (let version = 2; version < 20; version++) await noteChange(file.engine, org, 'mission', 'other', version, ['title'])
    await noteChange(file.engine, 'another', 'mission', 'dragged', 2, ['title'])
    expect(await foldChanges(file.engine, org)).toBe(1)
    expect(await count()).toBe(MOST_CHANGES + 18 + 1)
    expect(await foldChanges(file.engine, org)).toBe(0)
  })
})
