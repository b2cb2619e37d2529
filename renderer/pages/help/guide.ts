/** The guide of docs/guide, as chapters in one language. Bundled: it opens without a network like everything else. */
import { marked } from 'marked'
import { fold } from '../../../shared/kernel/text.ts'
import type { Language } from '../../app/preferences.ts'

const texts = import.meta.glob<string>('../../../docs/guide/*/*.md', { query: '?raw', import: 'default', eager: true })
const pictures = import.meta.glob<string>('../../../docs/guide/images/*/*.png', { query: '?url', import: 'default', eager: true })

export interface Chapter {
  /** Its place in the guide, `03`: the same in each language, so that the address holds in both. */
  id: string
  title: string
  markdown: string
}

export function chaptersIn(language: Language): Chapter[] {
  return Object.entries(texts).flatMap(([path, markdown]) => {
    const [, found, id] = /guide\/([a-z]+)\/(\d\d)-/.exec(path) ?? []
    const title = /^# (.+)$/m.exec(markdown)?.[1]
    return found === language && id !== undefined && title !== undefined ? [{ id, title, markdown }] : []
  }).sort((one, other) => one.id.localeCompare(other.id))
}

/** Chapters in which every word is found; accents and case do not count. */
export function chaptersWith(chapters: readonly Chapter[], words: string): readonly Chapter[] {
  const wanted = fold(words).split(/\s+/).filter(Boolean)
  return chapters.filter(({ markdown }) => {
    const text = fold(markdown)
    return wanted.every((word) => text.includes(word))
  })
}

/** The chapter's text without its title, which the page draws, and with the pictures that are there. */
export function htmlOf({ markdown }: Chapter): string {
  const body = markdown.replace(/^# .+\n/, '').replace(/!\[([^\]]*)\]\(\.\.\/(images\/[^)]+)\)\n?/g, (_, about: string, path: string) => {
    const address = pictures[`../../../docs/guide/${path}`]
    return address === undefined ? '' : `![${about}](${address})\n`
  })
  return marked.parse(body, { async: false })
}
