import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const guide = fileURLToPath(new URL('../../../docs/guide', import.meta.url))
const chapters = (language: string): string[] => readdirSync(join(guide, language)).sort()
const textOf = (language: string, name: string): string => readFileSync(join(guide, language, name), 'utf8')
const picturesOf = (text: string): string[] => [...text.matchAll(/!\[[^\]]+\]\(\.\.\/(images\/[^)]+)\)/g)].map((found) => found[1] ?? '')

describe('the guide', () => {
  test('has the same chapters with the same pictures in both languages', () => {
    const numbers = (language: string): string[] => chapters(language).map((name) => name.slice(0, 2))
    expect(numbers('en')).toEqual(numbers('fr'))
    const pictures = (language: string): string[][] => chapters(language).map((name) => picturesOf(textOf(language, name)).map((path) => path.split('/').at(-1) ?? ''))
    expect(pictures('en')).toEqual(pictures('fr'))
  })

  test.each(['fr', 'en'])('shows only pictures that were taken (%s)', (language) => {
    for (const name of chapters(language)) for (const path of picturesOf(textOf(language, name))) expect(existsSync(join(guide, path)), `${name}: ${path}`).toBe(true)
  })

  test.each(['fr', 'en'])('has one title a chapter, and no link that leads out of it (%s)', (language) => {
    for (const name of chapters(language)) {
      const text = textOf(language, name)
      expect(text.match(/^# /gm), name).toHaveLength(1)
      expect(text, name).not.toMatch(/https?:\/\//)
    }
  })
})
