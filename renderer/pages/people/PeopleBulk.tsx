import { useState } from 'react'
import { collaborators } from '../../../shared/domain/people/operations.ts'
import type { PersonRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Select } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { TagsField } from '../../components/TagsField.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { useTogether } from '../planning/MissionBulk.tsx'

/** Tags or status of the chosen people, as one gesture and one undo. */
export function PeopleBulk({ read, count, onDone }: { read: () => Promise<readonly PersonRow[]>; count: number; onDone: () => void }) {
  const t = useT()
  const together = useTogether()
  const [asking, setAsking] = useState<'tags' | 'status' | null>(null)
  const [tags, setTags] = useState<readonly string[]>([])
  const [status, setStatus] = useState('inactive')
  const close = (): void => setAsking(null)
  const submit = async (): Promise<void> => {
    const rows = await read()
    const changes = (row: PersonRow): Record<string, unknown> => (asking === 'tags' ? { tags: [...new Set([...row.tags, ...tags])] } : { status })
    if (!(await together.run(collaborators.update, rows.map((row) => ({ id: row.id, version: row.version, changes: changes(row) }))))) return
    close()
    onDone()
  }
  return (
    <>
      <Button small label={t('people.bulk_tags')} onClick={() => setAsking('tags')} />
      <Button small label={t('people.bulk_status')} onClick={() => setAsking('status')} />
      {asking && (
        <Dialog
          open
          onClose={close}
          title={t(asking === 'tags' ? 'people.bulk_tags_title' : 'people.bulk_status_title', { count })}
          onSubmit={() => void submit()}
          actions={
            <>
              <Button label={t('action.back')} onClick={close} />
              <Button type="submit" kind="primary" label={t('action.save')} disabled={together.pending || (asking === 'tags' && tags.length === 0)} />
            </>
          }
        >
          <FormErrorSummary failure={together.failure} />
          {asking === 'tags' ? (
            <TagsField label={t('people.bulk_tags_add')} value={[...tags]} onChange={setTags} error={undefined} />
          ) : (
            <Select label={t('person.status')} autoFocus value={status} onChange={setStatus} choices={['active', 'inactive'].map((value) => ({ value, label: wordOf(t, 'person.status', value) }))} />
          )}
        </Dialog>
      )}
    </>
  )
}
