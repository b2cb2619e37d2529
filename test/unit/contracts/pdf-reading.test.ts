import { describe, expect, it } from 'vitest'
import type { ContractFacts } from '../../../shared/domain/contracts/facts.ts'
import { isReadyToSign, mentionsOf, saysWords, unreadMentions } from '../../../shared/domain/contracts/mandatory.ts'
import { parseTemplate, writeContract, type WrittenContract } from '../../../shared/domain/contracts/template.ts'
import { builtInTemplate } from '../../../shared/domain/contracts/templates/built-in.ts'
import { layOut } from '../../../shared/documents/pdf/printer.ts'
import { poppler } from '../documents/poppler.ts'
import { facts } from './contract-world.ts'

function written(given: ContractFacts): WrittenContract {
  const parsed = parseTemplate(builtInTemplate(given.kind, given.language))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return writeContract(parsed.value, given)
}

/** The words of a contract on pages of any size, with a head and a foot: not the paper that ships, its worst cases. */
async function pagesOf({ title, clauses }: WrittenContract, width: number, height: number, foot: string): Promise<string> {
  const laid = layOut({
    content: { stack: [title, ...clauses.flatMap((clause) => [`${clause.number}. ${clause.title}`, ...clause.paragraphs])].map((text) => ({ text, margin: [0, 2, 0, 2] })) },
    header: (page) => ({ text: `CDDU-2027-KX712 · feuille ${page}`, margin: [20, 8, 20, 0] }), footer: (page, pages) => ({ text: `${foot} ${page} / ${pages}`, margin: [20, 4, 20, 0] }), background: () => null,
    margins: [20, 30, 20, 30], paper: { width, height }, style: { font: 'Inter', fontSize: 9, lineHeight: 1.1 }, language: 'fr', createdAt: new Date(0), title, author: 'Callboard', subject: 'Contrat',
  })
  return poppler('pdftotext', await laid.write(), ['-raw', '-enc', 'UTF-8'], ['-'])
}

describe('a contract printed as PDF', () => {
  it('is read back with every mandatory mention, on wide pages and on pages so small that each clause is cut', async () => {
    for (const [kind, sizes] of [['cddu', [[595, 842]]], ['artist', [[595, 842], [260, 150]]], ['vendor', [[260, 150]]], ['client', [[260, 150]]]] as const) {
      const given = facts(kind)
      for (const [width, height] of sizes) {
        const text = await pagesOf(written(given), width, height, 'page')
        expect(unreadMentions(text, given).map(({ key }) => key), `${kind} ${width} x ${height}`).toEqual([])
        expect(isReadyToSign(text, given)).toBe(true)
      }
    }
  }, 60_000)

  it('is read where the foot of the page begins as the sentence goes on', async () => {
    const given = facts('cddu')
    for (const foot of ['du', 'la']) expect(unreadMentions(await pagesOf(written(given), 260, 140, foot), given).map(({ key }) => key), foot).toEqual([])
  }, 60_000)

  it('does not say what was left out, nor another amount, on pages however small', async () => {
    const given = facts('cddu')
    const whole = written(given)
    for (const id of ['nature', 'pay', 'rights']) {
      const text = await pagesOf({ ...whole, clauses: whole.clauses.filter((clause) => clause.id !== id) }, 300, 210, 'page')
      const unread = unreadMentions(text, given).map(({ key }) => key)
      expect(unread.length, id).toBeGreaterThan(0)
      for (const key of unread) expect(mentionsOf('cddu').find((mention) => mention.key === key)?.where, key).toBe(id)
    }
    const text = await pagesOf(whole, 300, 210, 'page')
    expect(unreadMentions(text, { ...given, pay: given.pay.map((pay) => ({ ...pay, rate_minor: pay.rate_minor + 1 })) }).map(({ key }) => key)).toEqual(['pay'])
  }, 60_000)
})

describe('words cut by the end of a page', () => {
  it('are found over one foot and head, not over pages, nor in halves that are far apart', () => {
    const words = 'une formation renforcée à la sécurité'
    expect(saysWords('… une formation renforcée\npage 1\f En-tête\nà la sécurité …', words)).toBe(true)
    expect(saysWords('… une formation renforcée\nfin à la sécurité …', words)).toBe(false)
    expect(saysWords(`… une formation renforcée ${'x'.repeat(700)}\f à la sécurité …`, words)).toBe(false)
    expect(saysWords(`… une formation renforcée \f ${'x'.repeat(700)} à la sécurité …`, words)).toBe(false)
    expect(saysWords('1 mois \f 0,00 €', '10,00 €'), 'an amount is never cut').toBe(false)
    expect(saysWords('… une formation à la sécurité \f une formation renforcée …', words)).toBe(false)
  })
})
