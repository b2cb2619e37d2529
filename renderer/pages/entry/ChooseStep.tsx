import { Building2, Compass, KeyRound } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { openDemo } from '../../app/host-operations.ts'
import { useCommand } from '../../app/queries.ts'
import { paths, useGo } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import { AccountForm } from './AccountForm.tsx'
import styles from './Entry.module.css'
import { EntryForm } from './EntryFrame.tsx'
import { JoinWays } from './JoinWays.tsx'
import { useEntered, useWelcome } from './welcome.ts'
import type { Way } from './welcome.ts'

const WAYS: readonly { way: Way; icon: LucideIcon }[] = [{ way: 'create', icon: Building2 }, { way: 'join', icon: KeyRound }, { way: 'demo', icon: Compass }]

/** Create, join or look around: what is chosen decides how many steps are left. */
export function ChooseStep({ signedIn, onBack, onDone }: { signedIn: boolean; onBack: (() => void) | undefined; onDone: () => void }) {
  const t = useT()
  const go = useGo()
  const [{ way }, set] = useEntered()
  const end = useWelcome((state) => state.end)
  const demo = useCommand(openDemo, { org: null })
  const [joining, setJoining] = useState<'code' | 'account' | null>(null)
  const submit = async (): Promise<void> => {
    if (way === 'join') return setJoining('code')
    if (way !== 'demo' || !signedIn) return onDone()
    const made = await demo.run({})
    if (!made) return
    end()
    go(paths.organization(made.value.id))
  }
  if (joining) {
    return (
      <>
        <p className={styles['about']}>{t(joining === 'code' ? 'welcome.join_about' : 'server.account_about')}</p>
        {joining === 'code' ? <JoinWays first={signedIn ? 'here' : 'server'} /> : <AccountForm />}
        <div className={styles['row']}>
          <Button label={t('action.back')} onClick={() => setJoining(null)} />
          <Button kind="quiet" label={t(joining === 'code' ? 'server.account_open' : 'join.open')} onClick={() => setJoining(joining === 'code' ? 'account' : 'code')} />
        </div>
      </>
    )
  }
  return (
    <EntryForm
      onSubmit={() => void submit()}
      actions={
        <>
          {onBack && <Button label={t('action.back')} onClick={onBack} />}
          <Button type="submit" kind="primary" label={t('action.continue')} disabled={demo.pending} />
        </>
      }
    >
      <FormErrorSummary failure={demo.failure} />
      <fieldset className={styles['ways']}>
        <legend className="visually-hidden">{t('welcome.choose')}</legend>
        {WAYS.map(({ way: one, icon: Icon }) => (
          <label key={one} className={styles['way']}>
            <input type="radio" name="way" value={one} checked={one === way} onChange={() => set({ way: one })} />
            <Icon size={20} aria-hidden />
            <span>
              <b>{t(`welcome.way.${one}`)}</b>
              <span>{t(`welcome.way.${one}_about`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {demo.pending && <p role="status">{t('welcome.demo_making')}</p>}
    </EntryForm>
  )
}
