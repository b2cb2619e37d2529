import { readFileSync, writeFileSync } from 'node:fs'

export type Tokens = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Custom properties of every theme, `html[data-theme='dark'] { --surface-base: ... }`; light is also the default. */
export function tokensToCss(tokens: Tokens): string {
  const blocks = Object.entries(tokens).map(([theme, values]) => {
    const selector = theme === 'light' ? `:root,\nhtml[data-theme='light']` : `html[data-theme='${theme}']`
    const lines = Object.entries(values).map(([name, value]) => `  --${name}: ${value};`)
    return `${selector} {\n  color-scheme: ${theme.endsWith('dark') ? 'dark' : 'light'};\n${lines.join('\n')}\n}\n`
  })
  return `/* Made from tokens.json by to-css.ts: change tokens.json, then run \`node renderer/tokens/to-css.ts\`. */\n${blocks.join('\n')}`
}

if (import.meta.main) {
  const here = new URL('./', import.meta.url)
  const tokens: Tokens = JSON.parse(readFileSync(new URL('tokens.json', here), 'utf8'))
  writeFileSync(new URL('tokens.css', here), tokensToCss(tokens))
}
