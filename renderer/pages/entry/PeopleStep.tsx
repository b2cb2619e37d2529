import { ShieldCheck } from 'lucide-react'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Entry.module.css'
import { Choices, EntryForm } from './EntryFrame.tsx'
import { useFinish } from './use-finish.ts'
import { useEntered } from './welcome.ts'

const BRINGS = ['import', 'later'] as const
const SYSTEMS = ['windows', 'mac', 'linux'] as const

/** How the crew comes, and the tip of the end: everything that was typed is made here, in one go. */
export function PeopleStep({ name, onBack }: { name: string; onBack: () => void }) {
  const t = useT()
  const [{ bring, without_project }, set] = useEntered()
  const finish = useFinish(name)
  return (
    <EntryForm
      onSubmit={() => void finish.run()}
      actions={
        <>
          <Button label={t('action.back')} disabled={finish.pending} onClick={onBack} />
          <Button type="submit" kind="primary" label={without_project ? t('welcome.finish_organization') : t('welcome.finish')} disabled={finish.pending} />
        </>
      }
    >
      <FormErrorSummary failure={finish.failure} />
      {without_project ? (
        <p>{t('welcome.people_without')}</p>
      ) : (
        <Choices legend={t('welcome.bring')} name="bring" value={bring} choices={BRINGS.map((value) => ({ value, label: t(`welcome.bring.${value}`) }))} onChange={(value) => set({ bring: value })} />
      )}
      <details className={styles['tip']}>
        <summary>
          <ShieldCheck size={16} aria-hidden />
          {t('welcome.disk')}
        </summary>
        <dl>
          {SYSTEMS.map((system) => (
            <div key={system}>
              <dt>{t(`welcome.disk.${system}`)}</dt>
              <dd>{t(`welcome.disk.${system}_where`)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </EntryForm>
  )
}
