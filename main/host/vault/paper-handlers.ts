/** Identity papers: sealed before anything of them is written, opened in memory for a reason that is in the log first. */
import { putBlob, readBlob, sizeOfBlob } from '../blobs.ts'
import type { HostCall } from '../host-call.ts'
import type { HostHandlers, Hosting } from '../hosting.ts'
import type { Standing } from '../standing.ts'
import { detail, refuse } from '../../../shared/domain/errors.ts'
import type { PaperKind } from '../../../shared/domain/personal-data/model.ts'
import { listPapers, listVaultItems, putPaper } from '../../../shared/domain/personal-data/operations.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'
import { vaultAsking } from './asking.ts'
import { MAX_PAPER_BYTES, openPaper, paperTypeOf, sealPaper, type Paper } from './paper-cipher.ts'
import type { vaultOperations } from './vault-operations.ts'

type Handled = Pick<typeof vaultOperations, 'storePaper' | 'showPaper'>

export function paperHandlers(hosting: Hosting, standing: Standing): HostHandlers<Handled> {
  const { vault, folder, sync } = hosting
  const { asked } = vaultAsking(hosting, standing)
  return {
    async storePaper(call: HostCall, { collaborator_id, kind, expires_on, name, content_base64 }: { collaborator_id: Id; kind: PaperKind; expires_on: LocalDate | null; name: string; content_base64: string }) {
      // Asked first: who may not read papers is told nothing, and nothing of theirs is written.
      const { org, user, isEmpty } = await asked(call, listVaultItems, { collaborator_id })
      const bytes = Buffer.from(content_base64, 'base64')
      if (bytes.byteLength > MAX_PAPER_BYTES) throw refuse('vault.paper', detail('content_base64', 'too_large', `${MAX_PAPER_BYTES / 1024 / 1024} MiB`, String(bytes.byteLength)))
      const type = paperTypeOf(bytes)
      if (type === null) throw refuse('vault.paper', detail('content_base64', 'not_shown', 'PDF, JPEG, PNG'))
      const { key, round } = await vault.sealing(org, user, isEmpty)
      const { sha256, size } = putBlob(folder.organization(org).blobs, sealPaper(key, { org, kind }, { name, type, bytes }, call.id))
      const { value } = await asked(call, putPaper, { collaborator_id, kind, expires_on, sha256, size, key_round: round }, call.id)
      return { id: putPaper.output.parse(value).id, kind, expires_on }
    },
    async showPaper(call: HostCall, { collaborator_id, id, reason }: { collaborator_id: Id; id: Id; reason: string }) {
      const { org, user, value, record } = await asked(call, listPapers, { collaborator_id })
      const paper = listPapers.output.parse(value).items.find((one) => one.id === id)
      if (!paper || paper.sha256 === null) throw refuse('record.not_found', detail('id', 'not_found', null, id))
      const { kind, sha256 } = paper
      const { blobs } = folder.organization(org)
      if (sizeOfBlob(blobs, sha256) === null) await sync.of(org)?.fetchBlob(user, sha256)
      const sealed = readBlob(blobs, sha256)
      if (sealed === null) throw refuse('attachment.not_uploaded', detail('sha256', 'not_here', null, sha256))
      const keys = await vault.opening(org, user)
      const opened = keys.reduce<Paper | null>((found, key) => found ?? openPaper(key, { org, kind }, sealed), null)
      if (opened === null) throw refuse('vault.no_key')
      // First the log: a paper that was shown without a line would be one that nobody saw.
      await record('security.paper.shown', { collaborator_id, kind, paper_id: id, reason })
      return { kind, name: opened.name, type: opened.type, content_base64: Buffer.from(opened.bytes).toString('base64') }
    },
  }
}
