/** The words of the screens, so that one spec reads the pages in each language. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Language = 'fr' | 'en'
export type Words = (key: string) => string

/** In an organization of this kind of work; the words of its trade come before the general ones, as on the screens. */
export function wordsIn(language: Language, kind: 'event' | 'theatre' | 'film' = 'event'): Words {
  const folder = fileURLToPath(new URL(`../../../renderer/i18n/${language}`, import.meta.url))
  const texts: Record<string, string> = Object.assign({}, ...readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8'))))
  return (key) => {
    const text = texts[`${key}@${kind}`] ?? texts[key]
    if (text === undefined) throw new Error(`no text is named ${key}`)
    return text
  }
}
