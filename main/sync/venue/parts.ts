/** What a venue works with on this computer: one organization, the person who serves or joined, and their view. */
import type { Id } from '../../../shared/kernel/ids.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import type { OutboxFile } from '../../../shared/store/outbox-file.ts'
import type { Journal } from '../../host/journal.ts'
import type { OpenView } from '../views.ts'

export interface VenueParts {
  org: Id
  person: { user_id: Id; name: string }
  device: { id: string; name: string }
  /** Asked again for each piece of work: files are closed and opened between (backups, restores). */
  hold<T>(work: (open: { view: OpenView; outbox: OutboxFile }) => Promise<T>): Promise<T>
  /** What came from elsewhere is in the outbox: every open view takes it in. */
  catchUp(): Promise<void>
  /** Public half of the person's key on this computer: base64 of its SPKI DER. */
  publicKey(user: Id): Promise<string>
  sign(user: Id, text: string): Promise<string>
  /** Whether the person has signed in at the server from this computer, so that it knows their key. */
  isRegistered(user: Id): Promise<boolean>
  now(): Instant
  journal: Journal
  /** What is shown of the venue is another. */
  changed(): void
}
