/** The code on a print: read from the paper, and what it is answered. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PrintMarks } from '../../../shared/core/print-marks.ts'
import { bareHash, keyMark, readFooter, readPrintCode, signedText, writePrintCode } from '../../../shared/domain/runsheets/print-code.ts'
import { deriveId, type Id } from '../../../shared/kernel/ids.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { scanned } from '../../fixtures/scan.ts'
import { textOf } from '../documents/poppler.ts'
import { day, openSheetWorld, type SheetWorld } from './world.ts'

function computer() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  return { key, sign: (text: string) => ({ key, signature: sign(null, Buffer.from(text), privateKey).toString('base64') }) }
}
const here = computer()
const known = new Set([here.key])
let heard: { alone: boolean; at: Instant | null } = { alone: false, at: day('10:00') as Instant }
const marks: PrintMarks = { sign: (_, text) => Promise.resolve(here.sign(text)), keys: () => Promise.resolve([...known]), knowledge: () => Promise.resolve(heard) }

let w: SheetWorld
let sheet: string
let first: string
beforeEach(async () => {
  heard = { alone: false, at: day('10:00') as Instant }
  w = await openSheetWorld({ marks })
  const made = await w.prepare()
  sheet = made.sheet
  first = made.revision
  await w.app.ask('sheet.add_slot', { revision_id: first, label: 'Balances', start_at: day('15:00'), end_at: day('16:30') })
  await w.app.ask('sheet.publish', { revision_id: first })
})
afterEach(() => w.app.close())

const pdf = async (revision_id: string, more: object = {}): Promise<Buffer> => Buffer.from(String((await w.app.ask('sheet.pdf', { revision_id, ...more }))['base64']), 'base64')

const codeOf = async (revision_id: string): Promise<string> => scanned(await pdf(revision_id), 300).find((text) => text.startsWith('CB1:')) ?? ''
const check = (text: string, session = w.app.owner) => w.app.ask('sheet.check_print', { text }, session)
async function next(label = 'Déchargement'): Promise<string> {
  const { revision_id } = await w.app.ask('sheet.revise', { id: sheet })
  await w.app.ask('sheet.add_slot', { revision_id, label, start_at: day('13:00'), end_at: day('14:00') })
  await w.app.ask('sheet.publish', { revision_id })
  return String(revision_id)
}

describe('the code on the paper', () => {
  it.each([150, 200, 300])('is read from a black and white page of %i dots to the inch', async (dots) => {
    const [text = ''] = scanned(await pdf(first), dots).filter((one) => one.startsWith('CB1:'))
    const { content_hash } = await w.app.ask('sheet.pdf', { revision_id: first })
    expect(readPrintCode(text)).toMatchObject({ sheet_id: sheet, number: 1, content: bareHash(String(content_hash)), key: keyMark(here.key) })
  })

  it('is on no draft, and the same version gives the same bytes', async () => {
    expect(Buffer.compare(await pdf(first), await pdf(first))).toBe(0)
    const { revision_id } = await w.app.ask('sheet.revise', { id: sheet })
    expect(textOf(await pdf(String(revision_id)))).not.toContain('lisez le code dans Callboard')
    expect(textOf(await pdf(first))).toContain('lisez le code dans Callboard')
  })

  it('goes and comes back, whatever a scanner makes of its letters; anything else is no code', () => {
    const code = { sheet_id: deriveId('prints', 'sheet'), number: 9999, content: 'ffee00112233', key: '00ff00ff', signature: Buffer.alloc(64, 0xa5).toString('base64') }
    const text = writePrintCode(code)
    // Letters and digits only: as large as they can be drawn.
    expect(text).toMatch(/^CB1:[A-Z2-7]{148}$/)
    for (const variant of [text, text.toLowerCase(), ` ${text}\n`, text.replace(/(.{40})/g, '$1 ')]) expect(readPrintCode(variant)).toEqual(code)
    for (const wrong of ['', 'CB1:', text.slice(0, -1), `${text}A`, text.replace('CB1', 'CB2'), 'geo:46.15,-1.15']) expect(readPrintCode(wrong)).toBeNull()
    expect(readFooter('v3 · 9f3c a71e 04bd')).toEqual({ number: 3, content: '9f3ca71e04bd' })
    expect(readFooter('9F3CA71E04BD')).toEqual({ number: null, content: '9f3ca71e04bd' })
    expect(readFooter('demain 14 h')).toBeNull()
  })
})

describe('is this print still current?', () => {
  it('current, then older with what changed, then withdrawn, each with the age of what is known', async () => {
    const code = await codeOf(first)
    expect(await check(code)).toMatchObject({ verdict: 'current', signature: 'valid', printed: 1, sheet: { id: sheet, current: 1 }, changes: [], alone: false, as_of: day('10:00') })
    const second = await next()
    const older = await check(code)
    expect(older).toMatchObject({ verdict: 'older', signature: 'valid', printed: 1, sheet: { current: 2, current_revision_id: second } })
    expect((older['changes'] as { runs: { text: string }[] }[]).map((line) => line.runs.map(({ text }) => text).join(''))).toContainEqual(expect.stringContaining('Déchargement'))
    await w.app.ask('sheet.archive', { revision_id: second })
    expect(await check(code)).toMatchObject({ verdict: 'withdrawn', sheet: { current: null } })
  })

  it('a code that was altered, or signed for another organization, is forged', async () => {
    const code = readPrintCode(await codeOf(first))
    if (!code) throw new Error('no code')
    expect(await check(writePrintCode({ ...code, number: 7 }))).toMatchObject({ verdict: 'forged', signature: 'invalid', sheet: null })
    const elsewhere = here.sign(signedText(sheet as Id, code))
    expect(await check(writePrintCode({ ...code, signature: elsewhere.signature }))).toMatchObject({ verdict: 'forged' })
  })

  it('of a computer that is not known: said so, and still compared', async () => {
    const code = readPrintCode(await codeOf(first))
    if (!code) throw new Error('no code')
    const stranger = computer()
    const { signature } = stranger.sign(signedText(w.app.org, code))
    expect(await check(writePrintCode({ ...code, key: keyMark(stranger.key), signature }))).toMatchObject({ verdict: 'current', signature: 'unknown_key' })
  })

  it('a version that this computer has not heard of is newer; another content is of none; another sheet is unknown', async () => {
    const signed = (claim: { sheet_id: Id; number: number; content: string }): string => writePrintCode({ ...claim, key: keyMark(here.key), signature: here.sign(signedText(w.app.org, claim)).signature })
    expect(await check(signed({ sheet_id: sheet as Id, number: 4, content: '0123456789ab' }))).toMatchObject({ verdict: 'newer', printed: 4, sheet: { current: 1 } })
    expect(await check(signed({ sheet_id: sheet as Id, number: 1, content: '0123456789ab' }))).toMatchObject({ verdict: 'other', printed: 1 })
    expect(await check(signed({ sheet_id: first as Id, number: 1, content: '0123456789ab' }))).toMatchObject({ verdict: 'unknown_sheet', sheet: null })
    expect(await check('bonjour')).toMatchObject({ verdict: 'unreadable', signature: 'none' })
  })

  it('the digits of the footer are enough, without a signature; alone, nothing can have happened elsewhere', async () => {
    const { content_hash } = await w.app.ask('sheet.pdf', { revision_id: first })
    heard = { alone: true, at: day('11:00') as Instant }
    expect(await check(`v1 · ${String(content_hash)}`)).toMatchObject({ verdict: 'current', signature: 'none', printed: 1, alone: true })
    await next()
    expect(await check(String(content_hash))).toMatchObject({ verdict: 'older', printed: 1 })
  })

  it('whoever does not see the sheet is told no more than of one that is not there', async () => {
    const code = await codeOf(first)
    const other = await w.app.ask('project.create', { code: 'AUT', name: 'Autre', zone: 'Europe/Paris', currency: 'EUR', start_at: day('00:00'), end_at: day('00:00', 3) })
    const stranger = await w.member('viewer')
    expect(await check(code, stranger)).toMatchObject({ verdict: 'current' })
    await w.app.ask('member.add', { user_id: other['id'], name: 'Ailleurs', email: 'ailleurs@example.org', role: 'viewer', project_id: other['id'] })
    expect(await check(code, { user_id: String(other['id']) as Id, device: 'test', scope: null })).toMatchObject({ verdict: 'unknown_sheet', sheet: null, changes: [] })
  })
})
