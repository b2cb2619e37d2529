import { saveFile } from '../../app/files.ts'
import type { Kept } from './kept.ts'

/** What was entered and why it waits, as a person may keep it or send it to somebody: readable JSON. */
export async function exportKept({ id, name, outcome, why, issued_at, issuer_name, about, input, fields_of, removals, names }: Kept): Promise<void> {
  const content = { id, operation: name, outcome, why, issued_at, issuer: issuer_name, about, input, fields: fields_of.map(({ field, base, mine, theirs }) => ({ field, base, mine, theirs })), removals, names }
  await saveFile(`callboard-${name.replaceAll('.', '-')}-${issued_at.slice(0, 10)}.json`, new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`), 'application/json')
}
