import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contractReference, defaultSeries, generationKey, referenceParts } from '../../../shared/domain/contracts/generation.ts'

const subject = { org_id: 'o', project_id: 'p', assignment_ids: ['b', 'a'], template_version_id: 't', amendment: 0, framework_id: null }

describe('the key of a generation', () => {
  it('is the digest that the specification names', () => {
    const written = '{"amendment":0,"assignments":["a","b"],"org_id":"o","project_id":"p","template_version_id":"t"}'
    expect(generationKey(subject)).toBe(createHash('sha256').update(written).digest('hex'))
  })

  it('is the same whatever the order and however often an assignment is named, and another for any other fact', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat()), (ids, choices) => {
        const shuffled = [...ids, ...ids].map((id) => ({ id, at: choices.next().value ?? 0 })).sort((a, b) => a.at - b.at).map(({ id }) => id)
        const key = generationKey({ ...subject, assignment_ids: ids })
        expect(generationKey({ ...subject, assignment_ids: shuffled })).toBe(key)
        const others = [{ org_id: 'x' }, { project_id: 'x' }, { template_version_id: 'x' }, { amendment: 1 }, { assignment_ids: [...ids, 'x'] }, { assignment_ids: ids.slice(1) }]
        for (const other of others) expect(generationKey({ ...subject, assignment_ids: ids, ...other })).not.toBe(key)
      }),
    )
  })

  it('of a framework, which has no assignments, is its own', () => {
    const framework = { ...subject, assignment_ids: [] }
    expect(generationKey({ ...framework, framework_id: 'one' })).not.toBe(generationKey({ ...framework, framework_id: 'two' }))
    expect(generationKey({ ...subject, framework_id: 'one' })).toBe(generationKey(subject))
  })
})

describe('a reference given offline', () => {
  it('names series, year, device and number', () => {
    expect(contractReference({ series: 'CDDU', year: 2027, device_code: 'KX7', n: 12 })).toEqual({ ok: true, value: 'CDDU-2027-KX712' })
    expect(contractReference({ series: defaultSeries.client, year: 2027, device_code: 'SRV', n: 1 })).toEqual({ ok: true, value: 'CLI-2027-SRV1' })
    expect(referenceParts('CDDU-2027-KX712')).toEqual({ series: 'CDDU', year: 2027, device_code: 'KX7', n: 12 })
    expect(['cddu-2027-KX712', 'CDDU-27-KX712', 'CDDU-2027-KX7', 'CDDU-2027-KX7012', 'CDDU-2027-12', ''].map(referenceParts)).toEqual([null, null, null, null, null, null])
  })

  it('is read back as it was given, and two devices never give the same', () => {
    const parts = fc.record({
      series: fc.stringMatching(/^[A-Z][A-Z0-9]{1,7}$/), year: fc.integer({ min: 2000, max: 2999 }), device_code: fc.stringMatching(/^(?:[A-Z]{2}\d|[A-Z]{3,8})$/), n: fc.integer({ min: 1, max: 999_999_999 }),
    })
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const given = contractReference(one)
        if (!given.ok) throw new Error(given.error)
        expect(referenceParts(given.value)).toEqual(one)
        const second = contractReference({ ...other, series: one.series, year: one.year })
        if (second.ok && second.value === given.value) expect([other.device_code, other.n]).toEqual([one.device_code, one.n])
      }),
    )
  })

  it('is refused for parts that could be read in two ways', () => {
    const issue = (change: object) => {
      const result = contractReference({ series: 'CDDU', year: 2027, device_code: 'KX7', n: 1, ...change })
      return result.ok ? null : result.error
    }
    expect([issue({ series: 'C-D' }), issue({ year: 27 }), issue({ device_code: 'K12' }), issue({ device_code: 'KX' }), issue({ n: 0 }), issue({ n: 1.5 })]).toEqual([
      'reference.series', 'reference.year', 'reference.device_code', 'reference.device_code', 'reference.number', 'reference.number',
    ])
  })
})
