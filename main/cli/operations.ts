/** `callboard operations`: what can be asked, from the declarations themselves; `--markdown` is docs/api.md. */
import { toJsonSchemas } from '../host/catalogue.ts'
import { apiPage } from './api-page.ts'

export function describeOperations(asMarkdown: boolean): string {
  const operations = toJsonSchemas()
  return asMarkdown ? apiPage(operations) : `${JSON.stringify({ operations }, null, 2)}\n`
}
