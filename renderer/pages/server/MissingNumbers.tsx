import { useState } from 'react'
import { useCommand } from '../../app/queries.ts'
import { serverMissing } from '../../app/sync/operations.ts'
import type { Missing } from '../../app/sync/operations.ts'
import { useSince } from '../../app/sync/status.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Server.module.css'

/** Numbers that were given and that nothing bears since a restore: never given again, each with the reason its operator says. */
export function MissingNumbers({ numbers }: { numbers: readonly Missing[] }) {
  const t = useT()
  const since = useSince()
  const explain = useCommand(serverMissing)
  const [asked, setAsked] = useState<Missing | null>(null)
  const nameOf = (one: Missing): string => t('server.missing_of', { kind: wordOf(t, 'entity', one.entity), number: String(one.number) })
  const confirm = async (reason: string): Promise<void> => {
    if (!asked) return
    const { entity, id, field } = asked
    if (await explain.run({ entity, id, field, reason })) setAsked(null)
  }
  return (
    <section className={styles['part']} aria-label={t('server.missing')}>
      <h2>{t('server.missing')}</h2>
      <p className={styles['muted']}>{t('server.missing_about')}</p>
      <table className={styles['table']} aria-label={t('server.missing')}>
        <thead>
          <tr>
            <th scope="col">{t('server.missing_number')}</th>
            <th scope="col">{t('server.missing_series')}</th>
            <th scope="col">{t('server.missing_known')}</th>
            <th scope="col">{t('form.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {numbers.map((one) => (
            <tr key={`${one.entity} ${one.id} ${one.field}`}>
              <td>{nameOf(one)}</td>
              <td>{one.about ?? '—'}</td>
              <td>{one.told_by === null ? t('server.missing_between') : one.reason !== null && one.told_by_name === null ? '—' : t('server.missing_told', { device: one.told_by_name ?? one.told_by })}</td>
              <td>
                {one.reason === null ? (
                  one.expected ? t('server.missing_expected') : <Button small label={t('server.missing_explain')} aria-label={t('server.missing_explain_of', { what: nameOf(one) })} onClick={() => setAsked(one)} />
                ) : (
                  t('server.missing_reason', { reason: one.reason, name: one.recorded_by_name === null || one.recorded_by_name === '' ? t('server.missing_operator') : one.recorded_by_name, at: one.recorded_at ? since(one.recorded_at) : '' })
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked && (
        <ConfirmDialog
          title={t('server.missing_explain_title', { what: nameOf(asked) })}
          about={t('server.missing_explain_about')}
          action={t('server.missing_save')}
          reason="required"
          pending={explain.pending}
          failure={explain.failure}
          onClose={() => setAsked(null)}
          onConfirm={(reason) => void confirm(reason)}
        />
      )}
    </section>
  )
}
