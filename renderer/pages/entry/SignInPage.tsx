import { useEffect, useState } from 'react'
import { useFailureText } from '../../app/failure-text.ts'
import { signIn } from '../../app/host-operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { listPeople } from '../../app/session-operations.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import { AccountForm } from './AccountForm.tsx'
import { ChoosePerson } from './ChoosePerson.tsx'
import { EntryForm, EntryFrame } from './EntryFrame.tsx'
import { JoinWays } from './JoinWays.tsx'
import { RecoverForm } from './RecoverForm.tsx'

type Way = 'tiles' | 'email' | 'join' | 'account' | 'recover'

/** Tiles of those whose PIN opens; e-mail and password for everybody; a code for who joins, an account at a server for who comes with one, a key for who lost the password. */
export function SignInPage({ onBack }: { onBack?: () => void }) {
  const t = useT()
  const people = useAnswer(listPeople, {}, { org: null }).answer?.value.items ?? []
  const ready = people.filter(({ pin }) => pin)
  const [way, setWay] = useState<Way | null>(null)
  const shown: Way = way ?? (ready.length > 0 && !onBack ? 'tiles' : 'email')
  const titles = { tiles: t('sign_in.title'), email: t('sign_in.title'), join: t('join.title'), account: t('server.account_title'), recover: t('recover.title') }
  const abouts = { tiles: t('sign_in.about'), email: t('sign_in.about'), join: t('join.about'), account: t('server.account_about'), recover: t('recover.about') }
  const title = titles[shown]
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  const ways: { key: Way; label: string }[] = [
    ...(ready.length > 0 && !onBack ? [{ key: 'tiles' as const, label: t('sign_in.by_tile') }] : []),
    { key: 'email', label: t('sign_in.by_email') }, { key: 'join', label: t('join.open') }, { key: 'account', label: t('server.account_open') }, { key: 'recover', label: t('recover.open') },
  ]
  return (
    <EntryFrame title={title} about={abouts[shown]} wide={shown === 'tiles'}>
      {shown === 'tiles' && <ChoosePerson people={ready} first={ready[0]?.user_id ?? null} locked={null} />}
      {shown === 'email' && <ByEmail />}
      {shown === 'join' && <JoinWays first="here" />}
      {shown === 'account' && <AccountForm />}
      {shown === 'recover' && <RecoverForm />}
      <nav aria-label={t('sign_in.ways')}>
        {onBack && <Button kind="quiet" label={t('lock.back')} onClick={onBack} />}
        {ways.filter(({ key }) => key !== shown).map(({ key, label }) => (
          <Button key={key} kind="quiet" label={label} onClick={() => setWay(key)} />
        ))}
      </nav>
    </EntryFrame>
  )
}

function ByEmail() {
  const t = useT()
  const textOf = useFailureText()
  const enter = useCommand(signIn, { org: null })
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  return (
    <EntryForm
      onSubmit={() => void enter.run({ email: email.trim(), password })}
      actions={<Button type="submit" kind="primary" label={t('sign_in.submit')} disabled={enter.pending} />}
    >
      <FormErrorSummary failure={enter.failure} />
      <TextField label={t('welcome.email')} name="email" type="email" autoComplete="username" autoFocus value={email} onChange={setEmail} error={textOf.field(enter.failure, 'email')} />
      <TextField label={t('welcome.password')} name="password" type="password" autoComplete="current-password" value={password} onChange={setPassword} error={textOf.field(enter.failure, 'password')} />
    </EntryForm>
  )
}
