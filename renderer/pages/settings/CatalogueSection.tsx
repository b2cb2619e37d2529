import { ArrowDown, ArrowUp, GripVertical, Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { z } from 'zod'
import type { ListInput, ListOutput } from '../../../shared/domain/records.ts'
import type { CallFailure, Declared } from '../../app/client.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { useUrlState } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useDraft } from '../../components/draft.ts'
import type { Draft } from '../../components/draft.ts'
import { DraftLine } from '../../components/DraftLine.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formKeys } from '../../components/form-keys.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { EmptyState, ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { SectionHead } from './SectionHead.tsx'
import styles from './Settings.module.css'

interface Kept {
  id: string
  version: number
  name: string
}
interface Operations {
  create: Declared<Record<string, unknown>, unknown>
  update: Declared<{ id: string; version: number; changes: Record<string, unknown> }, unknown>
  remove: Declared<{ id: string }, unknown>
  list: Declared<ListInput, ListOutput>
}
/** Records of a catalogue are declared over branded ids; here they are texts, which the core checks. */
interface Declarations {
  create: { name: string }
  update: { name: string }
  remove: { name: string }
  list: Declared<ListInput, ListOutput>
}
const loose = <I,>(name: string): Declared<I, unknown> => ({ name, input: z.custom<I>(), output: z.unknown() })
export const catalogueOperations = ({ create, update, remove, list }: Declarations): Operations => ({ create: loose(create.name), update: loose(update.name), remove: loose(remove.name), list })

interface CatalogueSectionProps<Row extends Kept, Form extends object> {
  title: string
  about: string
  empty: string
  operations: Operations
  schema: z.ZodType<Row>
  /** Given: rows are ordered by hand. */
  move?: string
  columns: readonly { label: string; render: (row: Row) => ReactNode; number?: boolean }[]
  formOf: (row: Row | null) => Form
  fields: (draft: Draft<Form>, failure: CallFailure | null) => ReactNode
  /** What the form gives to the core: of what was changed, and for a new row of all that the form shows. */
  values?: (changes: Partial<Form>, whole: Form) => Record<string, unknown>
  sort?: string[]
}

const NEW = 'new'

/** A catalogue of the organization: its rows, the form of one of them above the list, order by keys and by hand. */
export function CatalogueSection<Row extends Kept, Form extends object>(props: CatalogueSectionProps<Row, Form>) {
  const { title, about, empty, operations, schema, move, columns, formOf } = props
  const t = useT()
  const url = useUrlState()
  const asked = useAnswer(operations.list, { limit: 200, ...(props.sort ? { sort: props.sort } : {}) })
  const moving = useCommand(loose<{ id: string; after_id: string | null }>(move ?? ''))
  const [dragged, setDragged] = useState<string | null>(null)
  const [over, setOver] = useState<string | null>(null)
  const rows = asked.answer ? z.array(schema).parse(asked.answer.value.items) : []
  const can = asked.answer?.can ?? new Set<string>()
  const may = can.has(operations.create.name)
  const open = url.get('sel')
  const edited = rows.find((row) => row.id === open) ?? null
  const moveTo = async (id: string, to: number): Promise<void> => {
    const others = rows.filter((row) => row.id !== id)
    const after = others[to - 1]
    const moved = rows.find((row) => row.id === id)
    if (await moving.run({ id, after_id: after?.id ?? null })) announce(t('settings.moved', { name: moved?.name ?? '', position: to + 1 }))
  }
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  return (
    <>
      <SectionHead
        title={title}
        about={about}
        closed={asked.answer !== undefined && !may}
        actions={<Button kind="primary" icon={Plus} label={t('action.add')} onClick={() => url.set({ sel: NEW })} />}
      />
      {may && (edited || open === NEW) && <RowForm key={open} {...props} row={edited} form={formOf(edited)} onClose={() => url.set({ sel: null })} mayRemove={can.has(operations.remove.name)} />}
      <FormErrorSummary failure={moving.failure} />
      {!asked.answer ? (
        <LoadingSkeleton rows={6} />
      ) : rows.length === 0 ? (
        <EmptyState text={empty} />
      ) : (
        <table className={styles['table']}>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              {move && may && (
                <th scope="col" className={styles['end']}>
                  <span className="visually-hidden">{t('settings.order')}</span>
                </th>
              )}
              {columns.map((column) => (
                <th key={column.label} scope="col" className={column.number ? styles['number'] : undefined}>
                  {column.label}
                </th>
              ))}
              {may && (
                <th scope="col" className={styles['end']}>
                  <span className="visually-hidden">{t('settings.change')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr
                key={row.id}
                data-over={over === row.id}
                aria-selected={row.id === open}
                onDragOver={(event) => {
                  if (dragged === null) return
                  event.preventDefault()
                  setOver(row.id)
                }}
                onDrop={(event) => {
                  event.preventDefault()
                  const from = rows.findIndex((one) => one.id === dragged)
                  if (dragged !== null && dragged !== row.id) void moveTo(dragged, from < index ? index - 1 : index)
                  setDragged(null)
                  setOver(null)
                }}
                onKeyDown={(event) => {
                  if (!move || !may || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
                  event.preventDefault()
                  const to = index + (event.key === 'ArrowUp' ? -1 : 1)
                  if (to >= 0 && to < rows.length) void moveTo(row.id, to)
                }}
              >
                {move && may && (
                  <td className={styles['end']}>
                    <span
                      className={styles['grip']}
                      draggable
                      aria-hidden
                      title={t('settings.drag')}
                      onDragStart={(event) => {
                        event.dataTransfer.effectAllowed = 'move'
                        event.dataTransfer.setData('text/plain', row.name)
                        setDragged(row.id)
                      }}
                      onDragEnd={() => {
                        setDragged(null)
                        setOver(null)
                      }}
                    >
                      <GripVertical size={14} />
                    </span>
                    <Button small kind="quiet" iconOnly icon={ArrowUp} label={t('settings.up', { name: row.name })} disabled={index === 0} onClick={() => void moveTo(row.id, index - 1)} />
                    <Button small kind="quiet" iconOnly icon={ArrowDown} label={t('settings.down', { name: row.name })} disabled={index === rows.length - 1} onClick={() => void moveTo(row.id, index + 1)} />
                  </td>
                )}
                {columns.map((column) => (
                  <td key={column.label} className={column.number ? styles['number'] : undefined}>
                    {column.render(row)}
                  </td>
                ))}
                {may && (
                  <td className={styles['end']}>
                    <Button small kind="quiet" iconOnly icon={Pencil} label={t('settings.change_one', { name: row.name })} onClick={() => url.set({ sel: row.id })} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

interface RowFormProps<Row extends Kept, Form extends object> extends CatalogueSectionProps<Row, Form> {
  row: Row | null
  form: Form
  mayRemove: boolean
  onClose: () => void
}

function RowForm<Row extends Kept, Form extends object>({ title, operations, row, form, fields, values = (changes) => ({ ...changes }), mayRemove, onClose }: RowFormProps<Row, Form>) {
  const t = useT()
  const draft = useDraft(form, row?.id ?? NEW, operations.create.name)
  const create = useCommand(operations.create)
  const update = useCommand(operations.update)
  const remove = useCommand(operations.remove)
  const [removing, setRemoving] = useState(false)
  const failure = create.failure ?? update.failure
  const apply = async (): Promise<void> => {
    const whole = { ...form, ...draft.changes }
    const given = values(row ? draft.changes : whole, whole)
    const done = row ? !draft.dirty || (await update.run({ id: row.id, version: row.version, changes: given })) : await create.run(given)
    if (!done) return
    draft.clear()
    announce(t('settings.saved'))
    onClose()
  }
  return (
    <form
      className={styles['editor']}
      aria-label={row ? row.name : t('settings.new_of', { title })}
      {...formKeys(apply, onClose)}
    >
      <DraftLine draft={draft} />
      <FormErrorSummary failure={failure} />
      {fields(draft, failure)}
      <div className={styles['actions']}>
        <Button type="submit" kind="primary" label={row ? t('settings.apply') : t('action.add')} disabled={create.pending || update.pending} />
        <Button label={t('action.cancel')} onClick={() => (draft.clear(), onClose())} />
        {row && mayRemove && <Button kind="quiet" label={t('action.remove')} onClick={() => setRemoving(true)} />}
      </div>
      {removing && row && (
        <ConfirmDialog
          danger
          title={t('settings.remove_title', { name: row.name })}
          about={t('settings.remove_about')}
          action={t('action.remove')}
          pending={remove.pending}
          failure={remove.failure}
          onClose={() => setRemoving(false)}
          onConfirm={() => void remove.run({ id: row.id }).then((done) => done && (setRemoving(false), onClose()))}
        />
      )}
    </form>
  )
}
