import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import en from '../../../renderer/i18n/en/help.json' with { type: 'json' }
import fr from '../../../renderer/i18n/fr/help.json' with { type: 'json' }
import { doorsFrom } from '../../../renderer/app/shell/doors.ts'
import { CHAPTERS, topicOfFailure, topicOfPage } from '../../../renderer/pages/help/chapters.ts'
import { errors } from '../../../shared/domain/errors.ts'

const titles = (language: string): Map<string, string> => {
  const folder = new URL(`../../../docs/guide/${language}/`, import.meta.url)
  return new Map(readdirSync(fileURLToPath(folder)).map((name) => [name.slice(0, 2), /^# (.+)$/m.exec(readFileSync(new URL(name, folder), 'utf8'))?.[1] ?? '']))
}

describe('help where one is stuck', () => {
  test.each([['fr', fr], ['en', en]] as const)('every chapter that a page names is in the guide, under the title that the link says (%s)', (language, words) => {
    const guide = titles(language)
    const texts = new Map<string, string>(Object.entries(words))
    for (const [topic, id] of Object.entries(CHAPTERS)) expect(guide.get(id), topic).toBe(texts.get(`help.chapter.${topic}`))
    expect([...guide.keys()].sort()).toEqual(Object.values(CHAPTERS).sort())
  })

  test('every page of the sidebar has a chapter of its own, not the general one', () => {
    const { project, organization } = doorsFrom({ org: 'o', project: 'p', page: '' }, { keeper: true, costs: true, contracts: true })
    for (const { page } of [...project, ...organization].filter(({ page }) => page !== 'help')) expect(topicOfPage(page), page).not.toBe('screen')
  })

  test('a refusal leads to what it is about', () => {
    const codes = Object.keys(errors)
    expect(['auth.forbidden', 'auth.pin_failed', 'storage.full', 'import.changed', 'sheet.checks_failed', 'mission.locked', 'concurrency.version_mismatch'].filter((code) => !codes.includes(code))).toEqual([])
    expect(['auth.forbidden', 'auth.pin_failed', 'storage.full', 'import.changed', 'sheet.checks_failed', 'mission.locked', 'concurrency.version_mismatch'].map(topicOfFailure)).toEqual(['rights', 'password', 'safety', 'refused_rows', 'sheets', 'states', 'refused'])
  })
})
