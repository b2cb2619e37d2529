import { join } from 'node:path'
import Papa from 'papaparse'
import { openTestOrganization } from '../fixtures/core.ts'
import { look, makeProject, textInput } from '../fixtures/imports.ts'
import { figures, sum, timed, type Figures } from './measure.ts'
import { replayOf } from './replay.ts'

const ROWS = 2_000

function crew(): string {
  const lines = Array.from({ length: ROWS }, (_, index) => `Prénom${index} Nom${index};p${index}@example.org;06 39 98 ${String(Math.floor(index / 100)).padStart(2, '0')} ${String(index % 100).padStart(2, '0')};Cintrier;nuit, danois`)
  return `Nom complet;E-mail;Téléphone;Poste;Étiquettes\n${lines.join('\n')}\n`
}

/** A file of 2,000 people (ui 7.2): looked at within a second, against cutting its text alone; brought in within five, against its rows alone. */
export async function benchImportFile(folder: string): Promise<Figures[]> {
  const app = await openTestOrganization({ folder, seed: 'bench-import-file' })
  const text = crew()
  const input = textInput(await makeProject(app), 'people', text, 'equipe.csv')
  await look(app, { ...input, text: text.slice(0, 2_000) })
  const [cut] = await timed(() => Papa.parse(text, { delimiter: ';' }))
  const [looked, { digest }] = await timed(() => look(app, input))
  const replay = await replayOf(app.file.engine, app.path, join(folder, 'raw-import-file.sqlite'))
  const [written] = await timed(() => app.ask('import.apply', { ...input, digest }))
  const raw = sum(await replay.catchUp())
  replay.close()
  await app.close()
  return [
    figures('import_preview', 'ms', looked, cut, { value: 1_000 }, `${ROWS} rows of people`),
    figures('import_file', 'ms', written, raw, { value: 5_000 }, `${ROWS} rows of people`),
  ]
}
