/** Slips as they come from the printer and back: read from the page, found again by their code, answered as paper. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { slipText } from '../../../shared/domain/engagement/slip-code.ts'
import { openAskedPeople, type AskedPerson, type AskingPeople } from '../../fixtures/asked.ts'
import { scanned } from '../../fixtures/scan.ts'
import { pagesOf, poppler, textOf } from './poppler.ts'

let made: AskingPeople
let plain: AskedPerson
let team: AskedPerson
let over: AskedPerson

beforeAll(async () => {
  made = await openAskedPeople({ seed: 'slips' })
  plain = await made.asked({ person: { display_name: 'Inès Morvan' }, told: false })
  team = await made.asked({ person: { display_name: 'Roads du Port', kind: 'team', languages: ['en'] }, terms: { quantity: 6 } })
  over = await made.accepted()
}, 60_000)
afterAll(() => made.app.close())

interface Printed {
  file_name: string
  slips: number
  pages: number
  base64: string
}
const printed = async (ids: string[], more: object = {}, session = made.app.owner) => (await made.app.ask('engagement.slip_pdf', { acceptance_ids: ids, paper: 'a4', ...more }, session)) as unknown as Printed
const bytesOf = async (ids: string[], more: object = {}) => Buffer.from((await printed(ids, more)).base64, 'base64')
const readIt = async (text: string) => (await made.app.ask('engagement.read_slip', { text })) as unknown as { verdict: string; code: string | null; slip: Record<string, unknown> | null }
const codeOn = async (id: string): Promise<string> => /[2-9A-Z]{4}[-\u2011][2-9A-Z]{4}[-\u2011][2-9A-Z]{4}/.exec(textOf(await bytesOf([id])))?.[0].replaceAll('\u2011', '-') ?? ''
const logged = async (): Promise<number> => Number((await made.app.file.readEngine.all('SELECT COUNT(*) AS n FROM command_log', []))[0]?.['n'])

describe('a slip', () => {
  it('says whom, what, until when, in the language of its person, and no fee', async () => {
    const [first = '', second = ''] = pagesOf(await bytesOf([plain.acceptance, team.acceptance], { paper: 'a5' })).map((page) => page.replace(/[\u00a0\u202f]/g, ' '))
    for (const part of ['Bulletin de réponse', 'Inès Morvan', 'Montage', 'samedi 24 octobre 2026', '10:00 – 19:00 (UTC+2)', 'Répondre avant le', 'J’accepte', 'Je décline', 'Signature']) expect(first).toContain(part)
    for (const part of ['Answer slip', 'Roads du Port', 'of 6 of us will come', 'I decline']) expect(second).toContain(part)
    expect(first + second).not.toMatch(/250|€|Journée/)
  })
  it('has the rate when it is asked for by who reads rates, and never otherwise', async () => {
    expect(textOf(await bytesOf([plain.acceptance], { with_rate: true }))).toMatch(/Rémunération 250,00.€ · Journée/)
    await made.app.ask('organization.update', { id: made.app.org, version: 1, changes: { planners_read_rates: false } })
    expect(textOf(Buffer.from((await printed([plain.acceptance], { with_rate: true }, made.planner)).base64, 'base64'))).not.toMatch(/250|€/)
  })
  it('is two on an A4 page, one on an A5 page; its code and its QR say the same and are read from a photocopy', async () => {
    const a4 = await bytesOf([plain.acceptance, team.acceptance])
    expect(poppler('pdfinfo', a4)).toMatch(/Pages:\s+1\n[^]*Page size:\s+595\.\d+ x 841\.\d+/)
    const a5 = await bytesOf([plain.acceptance, team.acceptance], { paper: 'a5' })
    expect(poppler('pdfinfo', a5)).toMatch(/Pages:\s+2\n[^]*Page size:\s+595\.\d+ x 42\d\.\d+/)
    const codes = [await codeOn(plain.acceptance), await codeOn(team.acceptance)]
    expect(scanned(a4, 150).sort()).toEqual(codes.map(slipText).sort())
  })
  it('printed changes nothing: nobody was told', async () => {
    const before = await logged()
    await bytesOf([plain.acceptance])
    expect(await logged()).toBe(before)
    expect((await made.app.ask('engagement.list', { filter: { id: plain.acceptance } }))['items']).toMatchObject([{ state: 'draft', asked_at: null }])
  })
  it('is not printed of a question that is over, nor of one that is not here', async () => {
    expect(await made.app.refused('engagement.slip_pdf', { acceptance_ids: [over.acceptance], paper: 'a4' })).toBe('acceptance.transition_rejected')
    expect(await made.app.refused('engagement.slip_pdf', { acceptance_ids: [plain.id], paper: 'a4' })).toBe('acceptance.not_found')
  })
})

describe('a slip that comes back', () => {
  it('is found by its code, typed or scanned, and answered as paper', async () => {
    const code = await codeOn(team.acceptance)
    for (const text of [code, code.toLowerCase(), slipText(code)]) expect(await readIt(text)).toMatchObject({ verdict: 'open', code, slip: { acceptance_id: team.acceptance, assignment_id: team.id, name: 'Roads du Port', state: 'pending' } })
    await made.app.ask('assignment.accept_for', { id: team.id, acceptance_id: team.acceptance, accepted: 4, source: 'paper', reason: `bulletin ${code}` })
    expect((await made.app.ask('engagement.list', { filter: { id: team.acceptance } }))['items']).toMatchObject([{ state: 'accepted', source: 'paper', accepted: 4 }])
    expect(await readIt(code)).toMatchObject({ verdict: 'closed', slip: { state: 'accepted' } })
  })
  it('of a question nobody was told of shows that they were', async () => {
    const one = await made.asked({ told: false })
    expect(await readIt(await codeOn(one.acceptance))).toMatchObject({ verdict: 'open', slip: { state: 'draft' } })
    await made.app.ask('assignment.decline_for', { id: one.id, acceptance_id: one.acceptance, source: 'paper', reason: 'bulletin' })
    expect((await made.app.ask('engagement.list', { filter: { id: one.acceptance } }))['items']).toMatchObject([{ state: 'refused', channel: 'hand', source: 'paper' }])
  })
  it('with a wrong letter is told from one that is unknown here, and from no code at all', async () => {
    const code = await codeOn(plain.acceptance)
    expect((await readIt(`${code.slice(0, -1)}${code.endsWith('7') ? '8' : '7'}`)).verdict).toBe('check')
    expect((await readIt(code.slice(0, -1))).verdict).toBe('length')
    expect((await readIt(code.replace(/.$/, 'O'))).verdict).toBe('letters')
    const elsewhere = await openAskedPeople({ seed: 'elsewhere' })
    const foreign = await elsewhere.asked()
    const { base64 } = await elsewhere.app.ask('engagement.slip_pdf', { acceptance_ids: [foreign.acceptance], paper: 'a5' })
    const text = textOf(Buffer.from(String(base64), 'base64'))
    await elsewhere.app.close()
    expect(await readIt(/([2-9A-Z]{4}[-\u2011]){2}[2-9A-Z]{4}/.exec(text)?.[0].replaceAll('\u2011', '-') ?? '')).toMatchObject({ verdict: 'unknown', slip: null })
  })
  it('is entered only by who may answer for others', async () => {
    expect(await made.app.refused('engagement.read_slip', { text: 'x' }, made.viewer)).toBe('auth.forbidden')
  })
})
