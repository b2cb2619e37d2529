/** Templates shown with invented facts, and what an employer still has to say of itself. Here because documents may know the domain, not the reverse. */
import { draw } from '../documents/draw.ts'
import type { ContractPaper } from '../documents/contract/paper.ts'
import { employerFactsOf } from '../domain/contracts/material.ts'
import { unreadMentions } from '../domain/contracts/mandatory.ts'
import { contractSetting } from '../domain/contracts/model.ts'
import { sampleFacts } from '../domain/contracts/sample.ts'
import { missingOfEmployer, previewTemplate } from '../domain/contracts/template-queries.ts'
import { parseTemplate, textOfContract, writeContract } from '../domain/contracts/template.ts'
import { builtInTemplate, contractTitles } from '../domain/contracts/templates/built-in.ts'
import { valueOf, variables } from '../domain/contracts/variables.ts'
import { missingIn, say } from '../domain/contracts/written.ts'
import { organization } from '../domain/organization/model.ts'
import { coreHandler, type CoreHandler } from './core-handler.ts'

export const contractTemplateHandlers: readonly CoreHandler[] = [
  coreHandler(previewTemplate, async (reader, { kind, language, clauses }, inner) => {
    const parsed = parseTemplate({ kind, language, title: contractTitles[language][kind], clauses })
    const facts = sampleFacts(kind, language)
    const examples = Object.fromEntries([...variables.keys()].flatMap((name) => [[name, valueOf(name, facts) ?? '']].filter(([, text]) => text !== '')))
    if (!parsed.ok) return { base64: null, problems: parsed.error, unread: [], examples }
    const written = writeContract(parsed.value, facts)
    const home = await reader.need(organization, reader.call.org)
    const paper: ContractPaper = { facts, written, variant: 'preview', number: 1, content_hash: null, made_at: reader.call.now, signatures: { house: null, other: null }, demo: home.demo }
    const { bytes } = await (inner.print ?? draw)({ kind: 'contract', paper, drawing: { images: {} } })
    return { base64: Buffer.from(bytes).toString('base64'), problems: [], unread: unreadMentions(textOfContract(written), facts).map(({ key, article }) => ({ key, article })), examples }
  }),
  coreHandler(missingOfEmployer, async (reader) => {
    const home = await reader.need(organization, reader.call.org)
    const [settings = null] = await reader.find(contractSetting, {})
    const language = home.default_language
    const said = say(builtInTemplate('cddu', language), employerFactsOf(sampleFacts('cddu', language), home, settings))
    return { items: missingIn(said).map(({ key, article, names }) => ({ key, article, names })) }
  }),
]
