/**
 * What was issued is kept: the PDF of a published version is written beside the database when it first leaves the core (preview, print,
 * download), and given again as it is for as long as that version is the current one. A later Callboard may draw better; the paper
 * people hold does not change. A superseded version is drawn again, for its margin says by what it was replaced.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Answer, Call } from '../../shared/core/core-handler.ts'
import type { OrganizationCore } from '../../shared/core/organization-core.ts'
import type { Session } from '../../shared/core/session.ts'
import { fromSystem } from '../../shared/store/engine.ts'

const Asked = z.looseObject({ revision_id: z.string().regex(/^[0-9a-f-]{36}$/), assignment_id: z.undefined().optional() })
const Printed = z.looseObject({ base64: z.string(), content_hash: z.string(), language: z.string().regex(/^[a-z]{2}$/), variant: z.literal('full'), state: z.literal('published') })
type Printed = z.infer<typeof Printed>

const fileOf = (folder: string, revision: string, printed: Printed): string =>
  join(folder, `${revision}.${printed.content_hash.replace(/[^0-9a-f]/g, '')}.${printed.language}.pdf`)

function keep(file: string, bytes: Uint8Array): void {
  const draft = `${file}.part-${process.pid}`
  try {
    writeFileSync(draft, bytes, { flush: true })
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw fromSystem(error)
  }
}

/** Executes a call; the PDF of a published version is kept in `folder` when first asked for, and comes from there ever after. */
export async function executeKeepingSheets(core: OrganizationCore, folder: string, call: Call, session: Session, report: (error: unknown) => void): Promise<Answer> {
  const answer = await core.execute(call, session)
  if (call.name !== 'sheet.pdf' || 'error' in answer) return answer
  const asked = Asked.safeParse(call.input)
  const printed = Printed.safeParse(answer.value)
  if (!asked.success || !printed.success) return answer
  const file = fileOf(folder, asked.data.revision_id, printed.data)
  if (existsSync(file)) return { ...answer, value: { ...printed.data, base64: readFileSync(file).toString('base64') } }
  try {
    mkdirSync(folder, { recursive: true })
    keep(file, Buffer.from(printed.data.base64, 'base64'))
  } catch (error) {
    // The paper is good; until the disk takes it, the same one is drawn from the frozen snapshot.
    report(error)
  }
  return answer
}
