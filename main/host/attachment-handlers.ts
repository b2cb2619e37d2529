/** The bytes of a file that was attached or handed in, piece by piece, for who may see the row that names it. */
import { readBlobPart, sizeOfBlob } from './blobs.ts'
import { declare } from './host-operation.ts'
import type { HostHandlers, Hosting } from './hosting.ts'
import type { Standing } from './standing.ts'
import { z } from 'zod'
import { wire } from '../../shared/domain/entity.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'
import { openContractFile } from '../../shared/domain/contracts/queries.ts'
import { listAttachments } from '../../shared/domain/organization/operations.ts'
import { openDocument } from '../../shared/domain/paperwork/operations.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { Refusal } from '../../shared/kernel/result.ts'

/** Bytes of one answer: as text it stays well under what one call may carry. */
const PIECE_BYTES = 4 * 1024 * 1024

const Piece = z.strictObject({ id: wire.id, offset: z.int().min(0).optional() })

export const attachmentOperations = {
  readAttachment: declare('query', 'attachment.read', 'session', 'The bytes of an attached file from `offset`, at most 4 MiB at once, base64; `next_offset` null: that was the last.', Piece),
  readContractFile: declare('query', 'contract.read_file', 'session', 'The bytes of a file kept with a contract, as `attachment.read` gives them; each asking is in the log.', Piece),
  readPaper: declare('query', 'paperwork.read', 'session', 'The bytes of one version of a document of an engagement, as `attachment.read` gives them; each asking is in the log.', Piece),
} as const

const Named = z.object({ name: z.string(), type: z.string(), size: z.number(), sha256: z.string() })
type Named = z.infer<typeof Named>

export function attachmentHandlers({ folder, organizations, sync, clients: { signedIn, sessionOf } }: Hosting, { organizationOf }: Standing): HostHandlers<typeof attachmentOperations> {
  type Client = ReturnType<typeof signedIn>
  async function ask(org: Id, client: Client, name: string, input: unknown, correlation_id: string | undefined): Promise<unknown> {
    const answer = await organizations.hold(org, ({ core }) => core.execute({ name, input, correlation_id }, sessionOf(client)), { user: client.user.id })
    if ('error' in answer) throw new Refusal(answer.error)
    return answer.value
  }
  async function pieceOf(org: Id, client: Client, { name, type, size, sha256 }: Named, offset: number) {
    // Somebody wants it now: it does not wait for its turn in the background.
    if (sizeOfBlob(folder.organization(org).blobs, sha256) === null) await sync.of(org)?.fetchBlob(client.user.id, sha256)
    const bytes = readBlobPart(folder.organization(org).blobs, sha256, offset, PIECE_BYTES)
    if (bytes === null) throw refuse('attachment.not_uploaded', detail('sha256', 'not_here', null, sha256))
    const end = offset + bytes.byteLength
    return { name, type, size, content_base64: Buffer.from(bytes).toString('base64'), next_offset: bytes.byteLength === 0 || end >= size ? null : end }
  }
  return {
    async readAttachment(call, { id, offset = 0 }: z.infer<typeof Piece>) {
      const client = signedIn(call)
      const org = await organizationOf(call, client)
      const [row] = listAttachments.output.parse(await ask(org, client, listAttachments.name, { filter: { id } }, call.correlation_id)).items
      if (!row) throw refuse('record.not_found', detail('id', 'not_found', null, id))
      return pieceOf(org, client, Named.parse(row), offset)
    },
    async readContractFile(call, { id, offset = 0 }: z.infer<typeof Piece>) {
      const client = signedIn(call)
      const org = await organizationOf(call, client)
      return pieceOf(org, client, Named.parse(await ask(org, client, openContractFile.name, { id }, call.correlation_id)), offset)
    },
    async readPaper(call, { id, offset = 0 }: z.infer<typeof Piece>) {
      const client = signedIn(call)
      const org = await organizationOf(call, client)
      return pieceOf(org, client, Named.parse(await ask(org, client, openDocument.name, { version_id: id }, call.correlation_id)), offset)
    },
  }
}
