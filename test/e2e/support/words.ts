/** The words of the screens, so that one spec reads the pages in each language. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Language = 'fr' | 'en'
export type Words = (key: string) => string

export function wordsIn(language: Language): Words {
  const file = fileURLToPath(new URL(`../../../renderer/i18n/${language}.json`, import.meta.url))
  const texts: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'))
  return (key) => {
    const text = texts[key]
    if (text === undefined) throw new Error(`no text is named ${key}`)
    return text
  }
}
