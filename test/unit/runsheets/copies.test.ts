/** Copies of one's own, and the sheet as text to paste. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageParts } from '../../../shared/documents/run-sheet/summary.ts'
import { pagesOf, textOf } from '../documents/poppler.ts'
import { day, openSheetWorld, type SheetWorld } from './world.ts'

let w: SheetWorld
let revision: string
const open = async (language: 'fr' | 'en') => {
  w = await openSheetWorld({ language })
  revision = (await w.prepare()).revision
  for (const [label, start, end, departments] of [['Focus', '14:00', '15:00', ['LUM']], ['Balances', '15:00', '16:30', ['SON']]] as const)
    await w.app.ask('sheet.add_slot', { revision_id: revision, label, start_at: day(start), end_at: day(end), departments, everyone: false })
  await w.app.ask('sheet.add_note', { revision_id: revision, visibility: 'internal', text: 'Payer le parking de la production' })
  await w.app.ask('sheet.publish', { revision_id: revision })
}
beforeEach(() => open('fr'))
afterEach(() => w.app.close())

const id = (name: string): string => w.people.get(name) ?? ''
const copies = async (...names: string[]) => {
  const made = await w.app.ask('sheet.personal_pdf', { revision_id: revision, ...(names.length === 0 ? {} : { collaborator_ids: names.map(id) }) })
  return { ...made, bytes: Buffer.from(String(made['base64']), 'base64') } as unknown as { bytes: Buffer; file_name: string; copies: number }
}
const summary = async (more: object) => (await w.app.ask('sheet.summary', { revision_id: revision, ...more })) as unknown as { text: string; characters: number; parts: number }

describe('a copy of one’s own', () => {
  it('says whose it is on every page, boxes their line, leaves internal notes out', async () => {
    const one = await copies('Karim Benali')
    expect(one).toMatchObject({ copies: 1, file_name: '2026-10-24_J3_feuille-de-service_v1_karim-benali.pdf' })
    const pages = pagesOf(one.bytes)
    for (const page of pages) expect(page).toContain('Exemplaire de Karim Benali')
    expect(pages.join(' ')).not.toContain('parking de la production')
    expect(pages[0]).toContain('Exemplaire de Karim Benali Karim Benali · Chef électro · convocation 14:00')
  })

  it('has the telephones of who agreed, and one’s own', async () => {
    const shared = textOf(Buffer.from(String((await w.app.ask('sheet.pdf', { revision_id: revision }))['base64']), 'base64'))
    expect(shared).toContain('06 39 98 10 02')
    expect(textOf((await copies('Jeanne Roux')).bytes)).not.toContain('06 39 98 10 02')
    expect(textOf((await copies('Karim Benali')).bytes)).toContain('06 39 98 10 02')
    await w.app.ask('consent.record', { collaborator_id: id('Karim Benali'), purpose: 'phone_on_sheets', answer: 'given', answered_on: '2026-10-20', source: 'mail' })
    expect(textOf((await copies('Jeanne Roux')).bytes)).toContain('06 39 98 10 02')
  })

  it('of all of them are one file, each counting its own pages, the same twice', async () => {
    const all = await copies()
    expect(all).toMatchObject({ copies: 4, file_name: '2026-10-24_J3_feuille-de-service_v1_exemplaires.pdf' })
    const single = pagesOf((await copies('Karim Benali')).bytes)
    const pages = pagesOf(all.bytes)
    expect(pages).toHaveLength(4 * single.length)
    for (const name of w.people.keys()) {
      const own = pages.filter((page) => page.includes(`Exemplaire de ${name}`))
      expect(own).toHaveLength(single.length)
      own.forEach((page, index) => expect(page).toContain(`page ${index + 1} / ${single.length}`))
    }
    expect(Buffer.compare((await copies()).bytes, all.bytes)).toBe(0)
  })

  it('is one’s own only, for who is on the sheet without preparing it', async () => {
    const jeanne = await w.member('member', { collaborator: id('Jeanne Roux') })
    expect(await w.app.ask('sheet.personal_pdf', { revision_id: revision }, jeanne)).toMatchObject({ copies: 1 })
    expect(await w.app.refused('sheet.personal_pdf', { revision_id: revision, collaborator_ids: [id('Karim Benali')] }, jeanne)).toBe('sheet.not_on_it')
    expect(await w.app.refused('sheet.summary', { revision_id: revision, length: 'long', collaborator_id: id('Karim Benali') }, jeanne)).toBe('sheet.not_on_it')
    expect(await w.app.refused('sheet.personal_pdf', { revision_id: revision, collaborator_ids: [w.mission] })).toBe('validation.reference')
  })
})

describe('the sheet as text', () => {
  it('short fits one message: when, where, whom, by the letters that a telephone has', async () => {
    const own = await summary({ length: 'short', collaborator_id: id('Karim Benali') })
    expect(own.text).toBe("J3 sam. 24 oct. 2026 v1, Karim Benali, convocation 14:00, Grande Halle du Port, 4 rue du Fanal 17000 La Rochelle, Chef électro, fin 23:00, Urgences : 112.")
    expect(own).toMatchObject({ characters: own.text.length, parts: 1 })
    expect((await summary({ length: 'short' })).text).toBe('J3 sam. 24 oct. 2026 v1, Convocation 13:30, Grande Halle du Port, 4 rue du Fanal 17000 La Rochelle, Contact : PC Halle 05 36 49 30 00, Urgences : 112.')
  })

  it('long says the day in the language of the document, of one’s own department only for one person', async () => {
    const own = await summary({ length: 'long', collaborator_id: id('Karim Benali') })
    expect(own.text).toContain('Focus')
    expect(own.text).not.toContain('Balances')
    const all = await summary({ length: 'long' })
    expect(all.text).toContain('Déroulé\u202f:\n16:00–17:00 Focus, LUM\n17:00–18:30 Balances, SON\n\nConvocations\u202f:\n14:00 Inès Morvan, Karim Benali, Jeanne Roux, Malik Sow')
    for (const text of [own.text, all.text]) expect(text).not.toContain('parking de la production')
    expect(all.text).not.toContain('06 39')
    await w.app.close()
    await open('en')
    expect((await summary({ length: 'long', collaborator_id: id('Karim Benali') })).text).toContain('call 14:00, end 23:00')
  })

  it('counts the messages of a telephone', () => {
    expect([messageParts('a'.repeat(160)), messageParts('a'.repeat(161)), messageParts('ê'.repeat(70)), messageParts('ê'.repeat(71)), messageParts('€'.repeat(80)), messageParts('€'.repeat(81))]).toEqual([1, 2, 1, 2, 1, 2])
  })
})
