import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barForms, type ListContent, type TimelineBar, type TimelineSection } from '../../../shared/documents/list/content.ts'
import { bar, cut } from '../../../shared/documents/list/bar-drawing.ts'
import { renderListPdf } from '../../../shared/documents/list/render.ts'
import { firstFit } from '../../../shared/kernel/lanes.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { pagesOf } from './poppler.ts'

const at = (text: string): Instant => `${text}:00.000Z` as Instant
const barAt = (id: string, from: string, to: string, more: Partial<TimelineBar> = {}): TimelineBar => ({ id, from: at(from), to: at(to), form: 'confirmed', code: 'LUM', label: 'Démontage', times: '23:30–06:00', numbers: [], ...more })
const section = (more: Partial<TimelineSection> = {}): TimelineSection => ({
  kind: 'timeline', title: 'Samedi 24 octobre 2026 (UTC+2 → UTC+1)', from: at('2026-10-24T22:00'), to: at('2026-10-25T23:00'), zone: 'Europe/Paris', grain: 'hour', empty: 'Rien de prévu.',
  groups: [{ id: 'g', code: 'LUM', title: 'Lumière', note: '1 / 2 pourvu', strips: [{ from: at('2026-10-25T00:00'), to: at('2026-10-25T08:00'), label: '1/2', short: true }], rows: [{ id: 'r', name: 'Karim Benali', detail: 'Chef électro', total: '7 h 30', away: [], bars: [barAt('b', '2026-10-24T23:30', '2026-10-25T05:00', { numbers: [1, 12] })] }] }],
  ...more,
})
const content = (sections: ListContent['sections']): ListContent => ({
  format: 1, document: 'planning_timeline', language: 'fr', organization: { id: 'o', name: 'Compagnie du Phare' }, project: { id: 'p', name: 'Les Nuits du Phare' }, title: 'Planning', badge: 'NDP', subtitle: '', notes: [], filters: null, zone: 'Europe/Paris', sections,
})
const issue = { generated_at: at('2026-10-23T16:40'), content_hash: '9f3c a71e 04bd', demo: false, made_by: null }
const lying = { paper: { size: 'A4', landscape: true }, large: false } as const

describe('a printed timeline', () => {
  it('of the night when the clocks go back has twenty-five hours, the repeated one twice', async () => {
    const [page = ''] = pagesOf((await renderListPdf(content([section()]), issue, lying)).bytes)
    const [axis = ''] = /(?:(?:[01]\d|2[0-3])\s+){24}(?:[01]\d|2[0-3])(?!\d)/.exec(page) ?? []
    expect(axis.trim().split(/\s+/)).toEqual(['00', '01', '02', ...Array.from({ length: 22 }, (_, index) => String(index + 2).padStart(2, '0'))])
    expect(page).toContain('UTC+2 → UTC+1')
  })

  it('goes on under its axis and its group with "(suite)", and has every row once', async () => {
    const rows = Array.from({ length: 80 }, (_, index) => ({ id: `r${index}`, name: `Personne n${index}x`, detail: '', total: '', away: [], bars: [barAt(`b${index}`, '2026-10-25T01:00', '2026-10-25T03:00')] }))
    const [group] = section().groups
    const pages = pagesOf((await renderListPdf(content([section({ groups: group ? [{ ...group, rows }] : [] })]), issue, lying)).bytes)
    expect(pages.length).toBeGreaterThan(1)
    for (const [index, page] of pages.entries()) {
      expect(page).toMatch(/00\s+01\s+02\s+02\s+03/)
      expect(page.includes('(suite)')).toBe(index > 0)
      expect(page).toContain('confirmé')
    }
    const all = pages.join(' ')
    for (let index = 0; index < 80; index++) expect(all.split(`Personne n${index}x`).length).toBe(2)
  })

  it('says when there is nothing on it', async () => {
    expect(pagesOf((await renderListPdf(content([section({ groups: [] })]), issue, lying)).bytes)[0]).toContain('Rien de prévu.')
  })

  it('draws every state in a form of its own, without colour', () => {
    const drawn = barForms.map((form) => bar({ form, code: null, label: '', times: '', numbers: [], x: 0, y: 0, width: 40, room: 0 }))
    expect(new Set(drawn).size).toBe(barForms.length)
    for (const one of drawn) for (const [, colour = ''] of one.matchAll(/#([0-9A-Fa-f]{3,6})/g)) expect(new Set(colour.length === 3 ? colour.split('') : [colour.slice(0, 2), colour.slice(2, 4), colour.slice(4)]).size).toBe(1)
  })

  it('cuts a label before it runs over, with an ellipsis', () => {
    expect(cut('Démontage & chargement', 30, 6.6)).toMatch(/…$/)
    expect(cut('J3', 30, 6.6)).toBe('J3')
    expect(cut('J3', 3, 6.6)).toBe('')
  })
})

describe('lanes', () => {
  const spans = fc.array(fc.record({ start: fc.integer({ min: 0, max: 40 }), length: fc.integer({ min: 1, max: 20 }) }), { maxLength: 30 }).map((all) => all.map(({ start, length }) => ({ start, end: start + length })))
  it('never hold two bars at one moment, and are as few as the busiest moment asks', () => {
    fc.assert(fc.property(spans, (all) => {
      const placed = firstFit(all, (one) => one)
      for (const a of all) for (const b of all) if (a !== b && placed.laneOf(a) === placed.laneOf(b)) expect(a.end <= b.start || b.end <= a.start).toBe(true)
      const busiest = Math.max(0, ...Array.from({ length: 61 }, (_, moment) => all.filter((one) => one.start <= moment && one.end > moment).length))
      expect(placed.count).toBe(busiest)
    }))
  })
})
