import { z } from 'zod'
import { flags } from '../../../shared/domain/organization/operations.ts'
import { effectiveFlags } from '../../app/watching.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { SectionHead } from './SectionHead.tsx'
import styles from './Settings.module.css'

const declared = <I,>(name: string) => ({ name, input: z.custom<I>(), output: z.unknown() })
const create = declared<{ name: string; enabled: boolean }>(flags.create.name)
const update = declared<{ id: string; version: number; changes: { enabled: boolean } }>(flags.update.name)
const remove = declared<{ id: string }>(flags.remove.name)

/** Parts of the product that can be switched off, with where each value comes from: environment > organization > defaults. */
export function FlagsSection() {
  const t = useT()
  const asked = useAnswer(effectiveFlags, {})
  const listed = useAnswer(flags.list, { limit: 1 })
  const [making, changing, removing] = [useCommand(create), useCommand(update), useCommand(remove)]
  const may = listed.answer?.can.has(flags.create.name) ?? false
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!asked.answer) return <LoadingSkeleton rows={3} />
  const pending = making.pending || changing.pending || removing.pending
  return (
    <>
      <SectionHead title={t('settings.section.flags')} about={t('settings.flags_about')} closed={listed.answer !== undefined && !may} />
      <FormErrorSummary failure={making.failure ?? changing.failure ?? removing.failure} />
      <table className={styles['table']}>
        <caption className="visually-hidden">{t('settings.section.flags')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('settings.flag')}</th>
            <th scope="col">{t('settings.flag_state')}</th>
            <th scope="col">{t('settings.flag_source')}</th>
            {may && (
              <th scope="col">
                <span className="visually-hidden">{t('settings.change')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {asked.answer.value.items.map((flag) => {
            const { id, version } = flag
            const toggle = (): void => {
              if (id !== null && version !== null) void changing.run({ id, version, changes: { enabled: !flag.enabled } })
              else void making.run({ name: flag.name, enabled: !flag.enabled })
            }
            return (
              <tr key={flag.name}>
                <td>
                  {wordOf(t, 'settings.flag', flag.name)}
                  <br />
                  <span className={styles['off']}>{flag.name}</span>
                </td>
                <td>{flag.enabled ? t('settings.on') : t('settings.off')}</td>
                <td>{wordOf(t, 'settings.flag_source', flag.source)}</td>
                {may && (
                  <td className={styles['end']}>
                    {flag.source === 'environment' ? (
                      <span className={styles['off']}>{t('settings.flag_fixed')}</span>
                    ) : (
                      <span className={styles['actions']}>
                        <Button small disabled={pending} label={flag.enabled ? t('settings.turn_off') : t('settings.turn_on')} aria-label={`${flag.enabled ? t('settings.turn_off') : t('settings.turn_on')} ${wordOf(t, 'settings.flag', flag.name)}`} onClick={toggle} />
                        {id !== null && <Button small kind="quiet" disabled={pending} label={t('settings.flag_reset')} onClick={() => void removing.run({ id })} />}
                      </span>
                    )}
                  </td>
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
    </>
  )
}
