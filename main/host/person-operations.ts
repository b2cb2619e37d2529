/** What this computer keeps for each person: drafts, saved views, marks. Nobody reads another's. */
import { z } from 'zod'
import { wire } from '../../shared/domain/entity.ts'
import { languages } from '../../shared/domain/organization/model.ts'
import { declare } from './host-operation.ts'

const Key = z.string().min(1).max(200)
const Page = z.string().min(1).max(80)
const own = { ownOnly: true } as const

export const personOperations = {
  keepDraft: declare('command', 'draft.keep', 'session', 'Keeps what the person is typing (a form, a quick add), 200 kB at most each.', z.strictObject({ org: wire.id, key: Key, value: z.json() }), own),
  readDraft: declare('query', 'draft.read', 'session', 'What the person was typing under a key; null when there is nothing.', z.strictObject({ org: wire.id, key: Key })),
  dropDraft: declare('command', 'draft.drop', 'session', 'Lets go of a draft: it was saved or given up.', z.strictObject({ org: wire.id, key: Key }), own),
  listDrafts: declare('query', 'draft.list', 'session', 'Keys of the person’s drafts, the last typed first.', z.strictObject({ org: wire.id })),
  listViews: declare('query', 'view.list', 'session', 'The person’s saved views of a page, in their order.', z.strictObject({ org: wire.id, page: Page })),
  saveView: declare('command', 'view.save', 'session', 'Keeps the address of a page under a name; the same name on the same page is replaced.', z.strictObject({
    org: wire.id, page: Page, name: z.string().trim().min(1).max(80), query: z.string().max(4000),
  }), own),
  removeView: declare('command', 'view.remove', 'session', 'Removes a saved view.', z.strictObject({ id: wire.id }), own),
  setMark: declare('command', 'mark.set', 'session', 'Notes something for the person only (dismissed, later, pinned, ticked). A value of null takes the mark away.', z.strictObject({
    org: wire.id, key: Key, value: z.json(),
  }), own),
  takeDesktop: declare('command', 'desktop.take', 'session', 'What the person was told within a day and this computer has not shown on its desktop yet; from then on it counts as shown. Nothing for who wants none.', z.strictObject({
    org: wire.id, language: z.enum(languages),
  })),
  listMarks: declare('query', 'mark.list', 'session', 'The person’s marks of which the key begins so.', z.strictObject({ org: wire.id, prefix: z.string().max(200) })),
} as const
