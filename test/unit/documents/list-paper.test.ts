import { describe, expect, it } from 'vitest'
import { marks, type ListContent, type ListGroup, type TableSection } from '../../../shared/documents/list/content.ts'
import { markDrawing } from '../../../shared/documents/list/marks.ts'
import { paginate } from '../../../shared/documents/list/paginate.ts'
import { renderListPdf } from '../../../shared/documents/list/render.ts'
import { timed } from '../../../shared/documents/list/documents/run-of-show.ts'
import type { Flow, Piece } from '../../../shared/documents/list/frame.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { pagesOf } from './poppler.ts'

const column = (key: string): TableSection['columns'][number] => ({ key, label: key, kind: 'text', width: 80, grow: 1 })
const crowd = (people: number, departments: number): ListContent => ({
  format: 1, document: 'crew_list', language: 'fr', organization: { id: 'o', name: 'Compagnie du Phare' }, project: { id: 'p', name: 'Les Nuits du Phare' }, title: 'Liste d’équipe', badge: 'NDP', subtitle: '', notes: [], filters: null, zone: 'Europe/Paris',
  sections: [{
    kind: 'table', title: null, note: null, columns: ['role', 'name', 'phone', 'email'].map(column), keep_groups: true, empty: '',
    groups: Array.from({ length: departments }, (_, index): ListGroup => ({
      id: `d${index}`, code: 'LUM', title: `Service ${index}`, count: String(people / departments),
      rows: Array.from({ length: people / departments }, (_row, number) => ({ id: `${index}/${number}`, cells: { role: 'Électro', name: `Personne ${index} ${number}`, phone: '06 39 98 00 00', email: `p${index}.${number}@example.org` } })),
    })),
  }],
})
const issue = { generated_at: '2026-10-23T16:40:12.000Z' as Instant, content_hash: '9f3c a71e 04bd', demo: false, made_by: null }
const drawing = { paper: { size: 'A4', landscape: false }, large: false } as const

describe('a long list', () => {
  it('of 300 people has everybody on it once, and parts no department that fits a page', async () => {
    const { bytes, pages } = await renderListPdf(crowd(300, 12), issue, drawing)
    const text = pagesOf(bytes)
    expect(text.length).toBe(pages)
    const all = text.join(' ')
    for (let index = 0; index < 12; index++) for (let number = 0; number < 25; number++) expect(all.split(`p${index}.${number}@example.org`).length).toBe(2)
    // No department of 25 is parted: its people are on one page.
    for (let index = 0; index < 12; index++) expect(text.filter((page) => page.includes(`p${index}.`)).length).toBe(1)
  }, 20_000)

  it('gives the same bytes for the same content', async () => {
    const [one, two] = [await renderListPdf(crowd(20, 2), issue, drawing), await renderListPdf(crowd(20, 2), issue, drawing)]
    expect(Buffer.from(one.bytes).equals(Buffer.from(two.bytes))).toBe(true)
  })

  it('goes on under its heading when one department is longer than a page', async () => {
    const text = pagesOf((await renderListPdf(crowd(120, 1), issue, drawing)).bytes)
    expect(text.length).toBeGreaterThan(2)
    for (const [index, page] of text.entries()) expect(page.includes('Service 0 (suite)')).toBe(index > 0)
  })

  it('loses no text that is higher than a page', async () => {
    const content = crowd(2, 1)
    const [section] = content.sections
    if (section?.kind !== 'table') throw new Error('a table')
    const row = section.groups[0]?.rows[0]
    if (row) row.cells['role'] = Array.from({ length: 900 }, (_, index) => `mot${index}`).join(' ')
    const all = pagesOf((await renderListPdf(content, issue, drawing)).bytes).join(' ')
    for (const word of ['mot0', 'mot450', 'mot899', 'p0.1@example.org']) expect(all).toContain(word)
  })
})

describe('pages', () => {
  const piece = (): Piece => ({ make: () => ({ text: '' }) })
  const flowOf = (rows: readonly number[], whole: boolean): { flow: Flow; heights: Map<Piece, number> } => {
    const heights = new Map<Piece, number>()
    const of = (height: number): Piece => {
      const made = piece()
      heights.set(made, height)
      return made
    }
    return { flow: { lead: [], head: of(10), whole, fresh: false, runs: rows.map((count) => ({ group: of(10), again: of(10), rows: Array.from({ length: count }, () => of(10)) })) }, heights }
  }
  const pagesFor = (rows: readonly number[], whole: boolean, height = 100): number[] => {
    const { flow, heights } = flowOf(rows, whole)
    const sums = [0]
    for (const { piece: placed, top } of paginate([flow], { heightOf: (one) => heights.get(one) ?? 0, height })) {
      if (top) sums.push(0)
      sums[sums.length - 1] = (sums.at(-1) ?? 0) + (heights.get(placed) ?? 0)
    }
    return sums
  }
  it('are never fuller than the paper, whatever the groups', () => {
    for (let first = 1; first < 30; first++)
      for (let second = 1; second < 30; second++)
        for (const whole of [true, false]) for (const sum of pagesFor([first, second, 3], whole)) expect(sum).toBeLessThanOrEqual(100)
  })
  it('leave no row alone at the top of the next page', () => {
    expect(pagesFor([9], false)).toEqual([90, 40])
  })
})

describe('states', () => {
  it('have forms of their own in black and white', () => {
    const drawn = marks.map((mark) => markDrawing(mark, 8))
    expect(new Set(drawn).size).toBe(marks.length)
    for (const svg of drawn) for (const [, colour] of svg.matchAll(/(?:fill|stroke)="([^"]+)"/g)) expect(['#000', '#fff', 'none']).toContain(colour)
  })
})

describe('the clock of cues', () => {
  const at = (time: string): Instant => `2026-10-24T${time}.000Z` as Instant
  it('is what was typed, else the end of the line before; unknown after a line without length', () => {
    const rows = timed([
      { at: null, duration_seconds: 60 }, { at: at('18:00:00'), duration_seconds: 90 }, { at: null, duration_seconds: null }, { at: null, duration_seconds: 10 }, { at: at('19:00:00'), duration_seconds: 5 },
    ])
    expect(rows.map((row) => row.at)).toEqual([null, at('18:00:00'), at('18:01:30'), null, at('19:00:00')])
    expect(rows.map((row) => row.running)).toEqual([0, 0, 90, null, 3600])
  })
})
