/** Lists in words: filters as sentences, the log without raw names, and the same words on paper as on the screens. */
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { read, utils } from '@e965/xlsx'
import { z } from 'zod'
import { organizationOperations } from '../../../shared/core/handlers.ts'
import { filterFields } from '../../../shared/documents/list/filter-fields.ts'
import { spanOfDays } from '../../../shared/documents/list/days.ts'
import { entityWords } from '../../../shared/documents/words/entities.ts'
import { fieldWords } from '../../../shared/documents/words/fields.ts'
import { operationWords } from '../../../shared/documents/words/operations.ts'
import { paperValueWords, valueWords } from '../../../shared/documents/words/values.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'
import { pagesOf } from './poppler.ts'
import { openListWorld, type ListWorld } from './list-world.ts'

let world: ListWorld
beforeAll(async () => {
  world = await openListWorld()
}, 60_000)
afterAll(async () => {
  await world.app.close()
})

const flat = (bytes: Uint8Array): string => pagesOf(bytes).join(' ').replace(/[\s\u00a0\u202f]+/g, ' ')
const rowsOf = async (operation: string, input: Record<string, unknown> = {}) => (await world.app.ask(operation, input))['items'] as Record<string, unknown>[]
const idOf = async (operation: string, name: string, column = 'name'): Promise<string> => String((await rowsOf(operation, { limit: 200 })).find((row) => row[column] === name)?.['id'])

describe('filters on paper', () => {
  it('are a sentence with names, states and days in words, in French and in English', async () => {
    const list = {
      filter: {
        crew_role_id: [await idOf('crew_role.list', 'Électro'), await idOf('crew_role.list', 'Chef électro')], department_code: ['LUM', null], state: { not: 'canceled' },
        start_at: { gte: '2026-10-23T22:00:00.000Z', lt: '2026-10-26T23:00:00.000Z' },
      },
    }
    const fr = flat((await world.make('assignment_list', { list, language: 'fr' })).bytes)
    expect(fr).toContain('Filtres : fonction Électro ou Chef électro ; département Lumière ou non renseigné ; état différent d’Annulé ; du 24 au 26 octobre 2026.')
    const en = flat((await world.make('assignment_list', { list, language: 'en' })).bytes)
    expect(en).toMatch(/Filters: role .+ or .+; department Lighting or not given; state other than Cancelled; from 24 to 26 October 2026\./)
  }, 20_000)

  it('say that there are none, how many rows were marked, and which words were searched', async () => {
    expect(flat((await world.make('mission_list', { language: 'fr' })).bytes)).toContain('Filtres : aucun.')
    const [one, two] = await rowsOf('location.list')
    expect(flat((await world.make('location_list', { ids: [one?.['id'], two?.['id']], language: 'fr' })).bytes)).toContain('Filtres : 2 lignes choisies.')
    expect(flat((await world.make('address_list', { list: { search: 'karim', filter: { reachable: true } }, language: 'en' })).bytes)).toContain('Filters: with a phone; words “karim”.')
  }, 20_000)

  it('of the team are those of the crew page', async () => {
    const made = await world.make('crew_list', { list: { filter: { department_code: 'LUM', severity: { not: ['severe', 'warning'] } } }, language: 'fr' })
    expect(flat(made.bytes)).toContain('Filtres : département Lumière ; conflits ni Bloquant ni Avertissement.')
    const team = await rowsOf('collaborator.list_crew', { project_id: world.project, filter: { department_code: 'LUM', severity: { not: ['severe', 'warning'] } }, limit: 200 })
    expect(made.rows).toBe(team.length)
    expect(team.length).toBeGreaterThan(0)
  }, 20_000)

  it('do not give away the name of a record that the person may not see', async () => {
    const member = await world.member('member', { collaborator: world.person })
    const others = (await rowsOf('mission.list', { project_id: world.other }))[0]
    const text = flat((await world.make('assignment_list', { list: { filter: { mission_id: others?.['id'] } }, language: 'fr' }, member)).bytes)
    expect(text).toContain('Filtres : mission (fiche non visible).')
    expect(text).not.toContain(String(others?.['title']))
  }, 20_000)

  it('stand in the workbook beside the zone, the maker and the hour, and never among the rows of a CSV', async () => {
    const list = { filter: { kind: 'venue' } }
    const book = read((await world.make('location_list', { list, language: 'fr', format: 'xlsx' })).bytes)
    expect(book.SheetNames).toEqual(['Liste des lieux', 'À propos'])
    const about = Object.fromEntries(utils.sheet_to_json<string[]>(book.Sheets['À propos'] ?? {}, { header: 1 }).map(([key, value]) => [key, value]))
    expect(about).toMatchObject({ Filtres: 'Filtres\u202f: type Lieu.', Fuseau: 'Europe/Paris', Document: 'Liste des lieux' })
    expect(about['Fait par']).toBeTruthy()
    expect(about['Le']).toMatch(/^2026-10-\d\dT/)
    const csv = new TextDecoder().decode((await world.make('location_list', { list, language: 'fr', format: 'csv' })).bytes)
    expect(csv.split('\r\n')[0]).toMatch(/^\ufeff?Lieu;Type;/)
    expect(csv).not.toContain('Filtres')
  }, 20_000)

  it('have words for every filter that a printed list accepts', () => {
    for (const [name, fields] of Object.entries(filterFields)) {
      const operation = organizationOperations.find((one) => one.operation.name === name)?.operation
      const described = z.toJSONSchema(operation?.input ?? z.never(), { unrepresentable: 'any', io: 'input' }) as { properties?: { filter?: { properties?: object } } }
      const declared = Object.keys(described.properties?.filter?.properties ?? {}).filter((filter) => filter !== 'id')
      expect([name, Object.keys(fields).toSorted()]).toEqual([name, declared.toSorted()])
    }
  })

  it('write days without repeating what both ends share', () => {
    const day = (text: string) => text as LocalDate
    const plain = (text: string) => text.replace(/\u00a0/g, ' ')
    expect(plain(spanOfDays(day('2026-10-01'), day('2026-10-03'), 'fr'))).toBe('du 1er au 3 octobre 2026')
    expect(plain(spanOfDays(day('2026-10-30'), day('2026-11-02'), 'fr'))).toBe('du 30 octobre au 2 novembre 2026')
    expect(plain(spanOfDays(day('2026-12-30'), day('2027-01-02'), 'en'))).toBe('from 30 December 2026 to 2 January 2027')
    expect(plain(spanOfDays(day('2026-10-24'), day('2026-10-24'), 'fr'))).toBe('le 24 octobre 2026')
    expect(plain(spanOfDays(null, day('2026-10-24'), 'fr'))).toBe('jusqu’au 24 octobre 2026')
  })
})

describe('the extract of the log', () => {
  it('says operations, records, fields and values in words, and seals its first and last event', async () => {
    const { version } = (await rowsOf('location.list', { limit: 200 })).find((row) => row['id'] === world.place) ?? {}
    await world.app.ask('location.update', { id: world.place, version, changes: { capacity: 240, kind: 'site' } })
    const list = { filter: { entity: 'location', entity_id: world.place } }
    const fr = flat((await world.make('audit_extract', { project_id: undefined, list, language: 'fr' })).bytes)
    expect(fr).toContain('Type : Salle, plateau → Site')
    expect(fr).toContain('Lieu : ')
    expect(fr).toMatch(/Filtres : objet Lieu ; fiche /)
    expect(fr).not.toMatch(/location\.update|kind:|room/)
    const [last] = await rowsOf('audit.list', { filter: { entity: 'location', entity_id: world.place }, limit: 1 })
    expect(fr).toContain(`Dernier position ${String(last?.['position'])}`)
    expect(fr).toContain(String(last?.['hash']))
    expect(fr).toMatch(/intacte, \d+ événements, vérifiée le \d+ \S+ 2026 \d\d:\d\d/)
    const en = flat((await world.make('audit_extract', { project_id: undefined, list, language: 'en' })).bytes)
    expect(en).toContain('Kind: Room, stage → Site')
  }, 20_000)
})

describe('words of the documents', () => {
  const texts = (language: string): Record<string, string> =>
    Object.assign({}, ...readdirSync(`renderer/i18n/${language}`).map((file) => JSON.parse(readFileSync(`renderer/i18n/${language}/${file}`, 'utf8')) as object)) as Record<string, string>
  const [fr, en] = [texts('fr'), texts('en')]
  const onScreens = (prefix: string, words: Readonly<Record<string, readonly [string, string]>>) => Object.fromEntries(Object.keys(words).map((key) => [key, [fr[prefix + key], en[prefix + key]]]))

  it('are those of the screens', () => {
    expect(operationWords).toEqual(onScreens('operation.', operationWords))
    expect(entityWords).toEqual(onScreens('entity.', entityWords))
    expect(fieldWords).toEqual(onScreens('audit.field.', fieldWords))
    const shared = Object.fromEntries(Object.entries(valueWords).filter(([key]) => !(key in paperValueWords)))
    expect(shared).toEqual(onScreens('', shared))
  })

  it('leave out no operation, record or field that the screens can say', () => {
    const missing = (prefix: string, words: object) => Object.keys(fr).filter((key) => key.startsWith(prefix) && !(key.slice(prefix.length) in words))
    expect([...missing('operation.', operationWords), ...missing('entity.', entityWords), ...missing('audit.field.', fieldWords)]).toEqual([])
  })
})
