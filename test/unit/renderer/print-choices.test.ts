import { describe, expect, it } from 'vitest'
import { inputOf, narrowed } from '../../../renderer/components/print/print-choices.ts'
import { calendarOf } from '../../../renderer/components/print/calendar-file.ts'
import type { PrintRequest } from '../../../renderer/components/print/print-request.ts'

const a4 = { size: 'A4', landscape: false } as const
const chosen = { language: null, columns: null, marked: true, large: false }
const offered = (document: 'crew_list' | 'contact_sheet' | 'address_list' | 'run_of_show' | 'mission_list', needs: 'organization' | 'project' | 'ids' = 'project') => ({ document, needs, large: document === 'run_of_show' })
const crew: PrintRequest = { document: 'crew_list', project_id: 'p', list: { filter: { state: 'held' }, search: 'karim' }, rows: ['a', 'b'] }

describe('what the print preview asks', () => {
  it('gives the filters of the team to the documents of the team, which say them in words', () => {
    expect(inputOf(crew, chosen, offered('crew_list'), a4)).toEqual({ document: 'crew_list', format: 'pdf', paper: a4, project_id: 'p', list: { filter: { state: 'held' }, search: 'karim' } })
    expect(inputOf(crew, chosen, offered('contact_sheet'), a4)).toMatchObject({ list: { filter: { state: 'held' } } })
  })

  it('gives the directory the people these filters leave, since it does not know them', () => {
    const asked = inputOf(crew, chosen, offered('address_list', 'organization'), a4)
    expect(asked).toMatchObject({ ids: ['a', 'b'] })
    expect(asked).not.toHaveProperty('list')
  })

  it('prints the rows marked instead of those of the filters, until all are asked for', () => {
    const marked = { ...crew, ids: ['c'] }
    expect(inputOf(marked, chosen, offered('crew_list'), a4)).toMatchObject({ ids: ['c'] })
    expect(inputOf(marked, { ...chosen, marked: false }, offered('crew_list'), a4)).not.toHaveProperty('ids')
    expect([narrowed(marked, { marked: true, document: 'crew_list' }), narrowed(marked, { marked: false, document: 'crew_list' })]).toEqual([false, true])
  })

  it('makes a document of one record of the record that is open, in large letters only where there are some', () => {
    const missions: PrintRequest = { document: 'mission_list', project_id: 'p', list: { filter: { kind: 'show' } }, record: 'm' }
    expect(inputOf(missions, { ...chosen, large: true }, offered('run_of_show', 'ids'), a4)).toEqual({ document: 'run_of_show', format: 'pdf', paper: a4, project_id: 'p', ids: ['m'], large: true })
    expect(inputOf(missions, { ...chosen, large: true }, offered('mission_list'), a4)).not.toHaveProperty('large')
  })
})

describe('everybody’s week', () => {
  const week = { document: 'week_plan', needs: 'project', large: false } as const
  const plan: PrintRequest = { document: 'assignment_list', project_id: 'p', ids: ['a1', 'a2', 'a3'], people: ['ines', 'karim'], list: { filter: { state: 'planned' } } }

  it('is that of the people whose rows are marked in the planning, never of the ids of these rows', () => {
    expect(inputOf(plan, chosen, week, a4)).toEqual({ document: 'week_plan', format: 'pdf', paper: a4, project_id: 'p', ids: ['ines', 'karim'] })
    expect(inputOf(plan, { ...chosen, marked: false }, week, a4)).not.toHaveProperty('ids')
    expect(inputOf({ document: 'overview', project_id: 'p' }, chosen, week, a4)).not.toHaveProperty('ids')
  })

  it('is that of the person who is open, with a calendar of theirs; of several there is no calendar', () => {
    const open: PrintRequest = { document: 'crew_list', project_id: 'p', list: {}, record: 'ines' }
    expect(inputOf(open, chosen, week, a4)).toMatchObject({ ids: ['ines'] })
    expect(calendarOf({ ...plan, people: ['ines'] }, 'week_plan', 'fr')).toEqual({ project_id: 'p', language: 'fr', collaborator_id: 'ines' })
    expect(calendarOf(plan, 'week_plan', 'fr')).toBeNull()
  })
})
