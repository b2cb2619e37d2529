import { Copy } from 'lucide-react'
import { useState } from 'react'
import { z } from 'zod'
import { createTemplate, listTemplates } from '../../../shared/domain/contracts/operations.ts'
import { builtInTemplatesOf } from '../../../shared/domain/contracts/queries.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { useUrlState } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { CheckField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { EmptyState, ErrorState, ForbiddenState, LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { ContractTemplateEditor } from './ContractTemplateEditor.tsx'
import { inOrder, OwnTemplate, ShippedTemplate, shippedNumber } from './contract-templates.ts'
import type { Clause } from './contract-templates.ts'
import { SectionHead } from './SectionHead.tsx'
import styles from './Settings.module.css'

/** What is copied: a template that ships or an own one, whose kind and language the copy keeps. */
interface Copied {
  kind: OwnTemplate['kind']
  language: OwnTemplate['language']
  name: string
  clauses: readonly Clause[]
}

/** The templates that ship and the organization's own, each with its versions; one of them open beside its paper. */
export function ContractTemplatesSection() {
  const t = useT()
  const url = useUrlState()
  const own = useAnswer(listTemplates, { limit: 200 })
  const shipped = useAnswer(builtInTemplatesOf, {})
  const create = useCommand(createTemplate)
  const failure = own.failure ?? shipped.failure
  if (failure) return failure.code === 'auth.forbidden' ? <ForbiddenState role={t('contract_settings.role')} failure={failure} /> : <ErrorState failure={failure} onRetry={own.failure ? own.retry : shipped.retry} />
  if (!own.answer || !shipped.answer) return <LoadingSkeleton rows={6} />
  const may = own.answer.can.has(createTemplate.name)
  const rows = inOrder(z.array(OwnTemplate).parse(own.answer.value.items))
  const built = z.array(ShippedTemplate).parse(shipped.answer.value.items)
  const copy = async (of: Copied): Promise<void> => {
    const made = await create.run({ kind: of.kind, language: of.language, name: t('contract_settings.copy_of', { name: of.name }).slice(0, 120), clauses: [...of.clauses] })
    if (!made) return
    announce(t('contract_settings.copied'))
    url.set({ sel: made.value.id })
  }
  const open = url.get('sel')
  const row = rows.find(({ id }) => id === open)
  const ships = built.find(({ id }) => id === open)
  const close = (): void => url.set({ sel: null })
  const nameOf = ({ kind }: ShippedTemplate): string => wordOf(t, 'contracts.kind', kind)
  const shown = row ?? ships
  if (shown)
    return (
      <>
        <FormErrorSummary failure={create.failure} />
        <ContractTemplateEditor
          key={shown.id}
          template={row ? { ...row, own: true } : { ...shown, own: false, version: 0, name: nameOf(shown), number: shippedNumber(shown.id), state: 'active', used_at: null }}
          shipped={built.find((one) => one.kind === shown.kind && one.language === shown.language)?.clauses ?? []}
          variables={shipped.answer.value.variables.flatMap(({ name, kinds, printable }) => (printable && kinds.includes(shown.kind) ? [name] : []))}
          may={may}
          copying={create.pending}
          onCopy={() => void copy(row ?? { ...shown, name: wordOf(t, 'contracts.kind', shown.kind) })}
          onOpen={(id) => url.set({ sel: id })}
          onClose={close}
        />
      </>
    )
  return (
    <>
      <SectionHead title={t('settings.section.contract_templates')} about={t('contract_settings.templates_about')} closed={!may} />
      <FormErrorSummary failure={create.failure} />
      <h3>{t('contract_settings.own')}</h3>
      <OwnTable rows={rows} onOpen={(id) => url.set({ sel: id })} />
      <h3>{t('contract_settings.shipped')}</h3>
      <table className={styles['table']}>
        <caption className="visually-hidden">{t('contract_settings.shipped')}</caption>
        <TableHead />
        <tbody>
          {built.map((one) => (
            <tr key={one.id}>
              <td>{nameOf(one)}</td>
              <td>{wordOf(t, 'settings.language', one.language)}</td>
              <td className={styles['number']}>{shippedNumber(one.id)}</td>
              <td>{t('contract_settings.state.shipped')}</td>
              <td className={styles['end']}>
                <Button small label={t('contract_settings.open')} aria-label={t('contract_settings.open_one', { name: `${nameOf(one)}, ${wordOf(t, 'settings.language', one.language)}` })} onClick={() => url.set({ sel: one.id })} />
                {may && <Button small icon={Copy} iconOnly kind="quiet" label={t('contract_settings.copy_one', { name: `${nameOf(one)}, ${wordOf(t, 'settings.language', one.language)}` })} disabled={create.pending} onClick={() => void copy({ ...one, name: nameOf(one) })} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function TableHead() {
  const t = useT()
  return (
    <thead>
      <tr>
        <th scope="col">{t('templates.name')}</th>
        <th scope="col">{t('settings.language')}</th>
        <th scope="col" className={styles['number']}>
          {t('contract_settings.version')}
        </th>
        <th scope="col">{t('contract_settings.standing')}</th>
        <th scope="col" className={styles['end']}>
          <span className="visually-hidden">{t('contract_settings.open')}</span>
        </th>
      </tr>
    </thead>
  )
}

function OwnTable({ rows, onOpen }: { rows: readonly OwnTemplate[]; onOpen: (id: string) => void }) {
  const t = useT()
  const format = useFormat()
  const [archived, setArchived] = useState(false)
  const shown = rows.filter(({ state }) => archived || state === 'active')
  return (
    <>
      {rows.some(({ state }) => state === 'archived') && <CheckField label={t('contract_settings.show_archived')} checked={archived} onChange={setArchived} />}
      {shown.length === 0 ? (
        <EmptyState text={t('contract_settings.own_empty')} help="rights" />
      ) : (
        <table className={styles['table']}>
          <caption className="visually-hidden">{t('contract_settings.own')}</caption>
          <TableHead />
          <tbody>
            {shown.map((row) => (
              <tr key={row.id}>
                <td>
                  {row.name} <span className={styles['muted']}>{wordOf(t, 'contracts.kind', row.kind)}</span>
                </td>
                <td>{wordOf(t, 'settings.language', row.language)}</td>
                <td className={styles['number']}>{format.number(row.number)}</td>
                <td>{t(row.state === 'archived' ? 'contract_settings.state.archived' : row.used_at === null ? 'contract_settings.state.unused' : 'contract_settings.state.used')}</td>
                <td className={styles['end']}>
                  <Button small label={t('contract_settings.open')} aria-label={t('contract_settings.open_one', { name: `${row.name}, ${row.number}` })} onClick={() => onOpen(row.id)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
