import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addAttachment, listAttachments } from '../../../shared/domain/organization/operations.ts'
import { call, CallFailure, theTransport, UNREACHABLE } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useOrg } from '../../app/routes.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { announce } from '../LiveRegion.tsx'
import { LARGEST_FILE_BYTES, MOST_FILES, nameOf, refusalOf } from './files-taken.ts'

export interface Sent {
  key: number
  name: string
  state: 'waiting' | 'sending' | 'done' | 'same' | 'refused'
  /** Why it was refused, or under which name it is there already. */
  about: string | null
}

export interface Place {
  entity: string
  id: string
  project: string | null
}

interface Asked {
  file: File
  refusal: ReturnType<typeof refusalOf>
  sent: Sent
}

let turn = 0

/** Sends files one after the other; each is kept by its content, and one that hangs there already is not hung twice. */
export function useSending({ entity, id, project }: Place): { files: readonly Sent[]; send: (files: readonly File[]) => Promise<void>; forget: () => void } {
  const t = useT()
  const format = useFormat()
  const textOf = useFailureText()
  const org = useOrg()
  const client = useQueryClient()
  const [files, setFiles] = useState<readonly Sent[]>([])
  const note = (key: number, change: Partial<Sent>): void => setFiles((now) => now.map((one) => (one.key === key ? { ...one, ...change } : one)))

  const attach = async (file: File, name: string): Promise<Pick<Sent, 'state' | 'about'>> => {
    if (!org) throw new CallFailure(UNREACHABLE, 'no organization')
    const kept = await theTransport().putBlob(new Uint8Array(await file.arrayBuffer()))
    const there = await call(listAttachments, { filter: { entity, entity_id: id, sha256: kept.sha256 }, limit: 1 }, { org })
    const [same] = there.value.items
    if (same) return { state: 'same', about: t('attachments.same', { name: String(same['name']) }) }
    await call(addAttachment, { project_id: project, entity, entity_id: id, name, type: file.type.slice(0, 120) || 'application/octet-stream', size: kept.size, sha256: kept.sha256 }, { org })
    return { state: 'done', about: null }
  }
  const why = (refusal: NonNullable<ReturnType<typeof refusalOf>>, size: number): string =>
    refusal === 'too_large' ? t('attachments.too_large', { size: format.size(size), most: format.size(LARGEST_FILE_BYTES) }) : refusal === 'empty' ? t('attachments.empty_file') : t('attachments.too_many', { most: MOST_FILES })

  const send = async (given: readonly File[]): Promise<void> => {
    const moment = new Date().toISOString()
    const asked = given.map((file, index): Asked => ({ file, refusal: refusalOf(file, index), sent: { key: ++turn, name: nameOf(file, t('attachments.pasted'), moment), state: 'waiting', about: null } }))
    setFiles(asked.map(({ sent, refusal, file }) => (refusal ? { ...sent, state: 'refused', about: why(refusal, file.size) } : sent)))
    for (const { file, refusal, sent } of asked) {
      if (refusal) continue
      note(sent.key, { state: 'sending' })
      try {
        note(sent.key, await attach(file, sent.name))
      } catch (error) {
        const failure = error instanceof CallFailure ? error : new CallFailure(UNREACHABLE, error instanceof Error ? error.message : '')
        note(sent.key, { state: 'refused', about: textOf.failure(failure) })
      }
    }
    await client.invalidateQueries({ queryKey: [org] })
    announce(t('attachments.sent', { count: asked.filter(({ refusal }) => !refusal).length }))
  }
  return { files, send, forget: () => setFiles([]) }
}
