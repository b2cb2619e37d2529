import { useEffect, useState } from 'react'
import { z } from 'zod'
import { addAttachment, listAttachments } from '../../../shared/domain/organization/operations.ts'
import { locations } from '../../../shared/domain/locations/operations.ts'
import { imageHead } from '../../../shared/kernel/images.ts'
import { call, CallFailure, theTransport } from '../../app/client.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { bytesOfAttachment } from '../../components/attachments/read-attachment.ts'
import type { PlanImage } from './PlanMap.tsx'

const FileRow = z.object({ id: z.string(), sha256: z.string() })

/** The plan of a place, read from its files; null while it is read, or when the person may not read it. */
export function usePlanImage(place: string, sha256: string | null): PlanImage | null {
  const org = useOrg() ?? ''
  const { answer } = useAnswer(listAttachments, sha256 === null ? null : { filter: { entity: 'location', entity_id: place, sha256 }, limit: 1 }, { keep: false })
  const found = FileRow.safeParse(answer?.value.items[0])
  const file = found.success && found.data.sha256 === sha256 ? found.data.id : null
  const [image, setImage] = useState<PlanImage | null>(null)
  useEffect(() => {
    if (file === null) return undefined
    let address: string | null = null
    let wanted = true
    void bytesOfAttachment(org, file)
      .then((bytes) => {
        const head = imageHead(bytes)
        if (!wanted || head === null) return
        address = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: `image/${head.type}` }))
        setImage({ url: address, width: head.width, height: head.height })
      })
      .catch(() => setImage(null))
    return () => {
      wanted = false
      setImage(null)
      if (address !== null) URL.revokeObjectURL(address)
    }
  }, [org, file])
  return sha256 === null ? null : image
}

/** Sends an image and makes it the plan: the core refuses what cannot be drawn. */
export function usePlanUpload(place: { id: string; version: number }) {
  const org = useOrg() ?? ''
  const update = useCommand(locations.update)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const [sending, setSending] = useState(false)
  return {
    failure: failure ?? update.failure,
    sending: sending || update.pending,
    async send(file: File): Promise<void> {
      setFailure(null)
      setSending(true)
      try {
        const kept = await theTransport().putBlob(new Uint8Array(await file.arrayBuffer()))
        const made = await update.run({ id: place.id, version: place.version, changes: { plan_sha256: kept.sha256 } })
        const there = made ? (await call(listAttachments, { filter: { entity: 'location', entity_id: place.id, sha256: kept.sha256 }, limit: 1 }, { org })).value.items : []
        if (made && there.length === 0)
          await call(addAttachment, { project_id: null, entity: 'location', entity_id: place.id, name: file.name.slice(-255) || 'plan', type: file.type.slice(0, 120) || 'application/octet-stream', size: kept.size, sha256: kept.sha256 }, { org, id: crypto.randomUUID() })
      } catch (error) {
        if (!(error instanceof CallFailure)) throw error
        setFailure(error)
      } finally {
        setSending(false)
      }
    },
    remove: () => update.run({ id: place.id, version: place.version, changes: { plan_sha256: null } }),
  }
}
