import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import { expect } from './app.ts'

export const THEMES = ['light', 'dark', 'hc-light', 'hc-dark'] as const
export type Theme = (typeof THEMES)[number]

interface Axe {
  run(
    context: Document,
    options: { resultTypes: string[]; runOnly?: string[] },
  ): Promise<{ violations: { id: string; impact: string | null; nodes: { target: unknown[] }[] }[]; passes: unknown[] }>
}
declare global {
  interface Window {
    axe?: Axe
  }
}

const near = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'))
const source = readFileSync(near.resolve('axe-core/axe.min.js'), 'utf8')

/** Axe's serious and critical findings on what is shown, as `page, theme: rule at element`. Axe is read once into a document: pages follow each other in it. */
async function findings(page: Page, name: string, theme: Theme): Promise<string[]> {
  if (await page.evaluate(() => window.axe === undefined)) await page.evaluate(source)
  const { violations, looked } = await page.evaluate(
    async ([shown, light]) => {
      document.documentElement.dataset['theme'] = shown
      // Themes change colours only: the other rules need to be asked once.
      const result = await window.axe?.run(document, { resultTypes: ['violations'], ...(shown === light ? {} : { runOnly: ['color-contrast'] }) })
      return { violations: result?.violations ?? [], looked: result?.passes.length ?? 0 }
    },
    [theme, 'light'] as const,
  )
  expect(looked, `${name}: axe looked at something`).toBeGreaterThan(0)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${name}, ${theme}: ${id} at ${target.join(' ')}`))
}

/** The findings in each theme, and by how much the page is wider than its window. */
export async function look(page: Page, name: string, themes: readonly Theme[] = THEMES): Promise<string[]> {
  const found: string[] = []
  for (const theme of themes) found.push(...(await findings(page, name, theme)))
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  if (excess > 0) found.push(`${name}: ${excess} px too wide`)
  return found
}
