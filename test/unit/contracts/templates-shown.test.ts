/** Templates shown before any contract is made of them, and what an employer still has to say. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unreadMentions } from '../../../shared/domain/contracts/mandatory.ts'
import { contractKinds } from '../../../shared/domain/contracts/rules.ts'
import { sampleFacts } from '../../../shared/domain/contracts/sample.ts'
import { builtInTemplate } from '../../../shared/domain/contracts/templates/built-in.ts'
import { textOfContract } from '../../../shared/domain/contracts/template.ts'
import { missingIn, say } from '../../../shared/domain/contracts/written.ts'
import { openContracted, type Contracted } from '../../fixtures/contracted.ts'

describe('invented facts', () => {
  it.each(contractKinds.flatMap((kind) => (['fr', 'en'] as const).map((language) => [kind, language] as const)))('leave nothing to be completed in the template of %s that ships in %s', (kind, language) => {
    const said = say(builtInTemplate(kind, language), sampleFacts(kind, language))
    expect(missingIn(said)).toEqual([])
    expect(unreadMentions(textOfContract(said.written), said.facts)).toEqual([])
  })
})

describe('a template', () => {
  let w: Contracted
  beforeAll(async () => {
    w = await openContracted({ seed: 'templates shown' })
  })
  afterAll(() => w.app.close())
  const clauses = builtInTemplate('cddu', 'fr').clauses

  it('is drawn as PDF with a watermark, and leaves nothing behind', async () => {
    const before = await w.app.file.readEngine.all('SELECT COUNT(*) AS n FROM contract', [])
    const shown = await w.app.ask('contract_template.preview', { kind: 'cddu', language: 'fr', clauses })
    expect(Buffer.from(String(shown['base64']), 'base64').subarray(0, 5).toString()).toBe('%PDF-')
    expect(shown).toMatchObject({ problems: [], unread: [] })
    expect(await w.app.file.readEngine.all('SELECT COUNT(*) AS n FROM contract', [])).toEqual(before)
  })

  it('says what its clauses name wrongly with the clause, and which mentions of the law are in none of them', async () => {
    const wrong = await w.app.ask('contract_template.preview', { kind: 'cddu', language: 'fr', clauses: [...clauses, { id: 'house_rules', title: 'Maison', text: 'Pour {{employee.shoe_size}}.' }] })
    expect(wrong).toMatchObject({ base64: null, problems: [{ issue: 'template.variable_unknown', clause: 'house_rules', name: 'employee.shoe_size' }] })
    const short = await w.app.ask('contract_template.preview', { kind: 'cddu', language: 'fr', clauses: clauses.filter(({ id }) => id !== 'bodies') })
    expect((short['unread'] as { key: string }[]).map(({ key }) => key)).toEqual(expect.arrayContaining(['pension']))
    expect(short['base64']).not.toBeNull()
  })
})

describe('an employer', () => {
  it('is told what a contract would lack, with its article, until it is said', async () => {
    const w = await openContracted({ seed: 'employer' })
    const missing = async (): Promise<string[]> => ((await w.app.ask('contract_setting.missing', {}))['items'] as { names: string[] }[]).flatMap(({ names }) => names)
    expect(await missing()).toEqual([])
    const version = ((await w.app.ask('contract_setting.get', {}))['settings'] as { version: number }).version
    await w.app.ask('contract_setting.save', { version, signatory_name: null, pension: null })
    expect(await missing()).toEqual(expect.arrayContaining(['employer.signatory', 'work.pension']))
    await w.app.close()
  })
})
