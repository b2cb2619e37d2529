import { useEffect, useRef, useState } from 'react'
import { applyImport, rememberImport } from '../../../shared/domain/imports/operations.ts'
import type { ImportPreviewAnswer, ImportSource } from '../../../shared/domain/imports/operations.ts'
import { call, theTransport } from '../../app/client.ts'
import type { CallFailure, Plain } from '../../app/client.ts'
import { useCommand } from '../../app/queries.ts'
import type { z } from 'zod'

export type Applied = z.infer<typeof applyImport.output>

export interface ImportApply {
  run: (source: Plain<ImportSource>, preview: ImportPreviewAnswer) => Promise<Applied | null>
  pending: boolean
  /** Commands written so far, of how many. */
  progress: { written: number; of: number } | null
  failure: CallFailure | null
  done: Applied | null
}

/** Brings the file in, counting the commands that the core says it has written, and keeps what was chosen for its columns. */
export function useImportApply(org: string): ImportApply {
  const command = useCommand(applyImport)
  const [progress, setProgress] = useState<ImportApply['progress']>(null)
  const [done, setDone] = useState<Applied | null>(null)
  const stop = useRef<(() => void) | null>(null)
  useEffect(() => () => stop.current?.(), [])
  const run: ImportApply['run'] = async (source, preview) => {
    setProgress({ written: 0, of: preview.writes })
    stop.current = theTransport().onEvent((event) => {
      if (event.type === 'changed' && event.org === org) setProgress((now) => (now ? { ...now, written: Math.min(now.written + 1, now.of) } : null))
    })
    const answer = await command.run({ ...source, digest: preview.digest })
    stop.current()
    stop.current = null
    setProgress(null)
    if (!answer) return null
    if (preview.columns.length > 0 && preview.header_row !== null) await remember(org, source, preview)
    setDone(answer.value)
    return answer.value
  }
  return { run, pending: command.pending, progress, failure: command.failure, done }
}

/** Not being able to remember is no failure of the import. */
async function remember(org: string, source: Plain<ImportSource>, preview: ImportPreviewAnswer): Promise<void> {
  const { project_id, kind, date_order, country, constants, name_order, list_marks } = source
  const kept = { ...(date_order ? { date_order } : {}), ...(country ? { country } : {}), ...(constants ? { constants } : {}), ...(name_order ? { name_order } : {}), ...(list_marks ? { list_marks } : {}) }
  const input = { project_id, kind, header: preview.header.map((name) => name.slice(0, 300)), mapping: preview.mapping, label: preview.source, ...kept }
  await call(rememberImport, input, { org }).catch(() => null)
}
