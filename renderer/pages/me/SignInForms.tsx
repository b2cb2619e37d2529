import { useState } from 'react'
import type { ReactNode } from 'react'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand } from '../../app/queries.ts'
import { makeRecoveryKey, setName, setPassword, setPin } from '../../app/session-operations.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { SecretOnce } from '../../components/SecretOnce.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Me.module.css'

function Form({ title, about, onSubmit, children }: { title: string; about?: string; onSubmit: () => void; children: ReactNode }) {
  return (
    <form
      className={styles['form']}
      noValidate
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <h2>{title}</h2>
      {about && <p className={styles['about']}>{about}</p>}
      {children}
    </form>
  )
}

export function NameForm({ name }: { name: string }) {
  const t = useT()
  const textOf = useFailureText()
  const save = useCommand(setName, { org: null })
  const [typed, setTyped] = useState(name)
  return (
    <Form title={t('me.name')} onSubmit={() => void save.run({ name: typed.trim() }).then((done) => done && announce(t('me.name_saved')))}>
      <FormErrorSummary failure={save.failure} />
      <TextField label={t('me.name')} name="name" autoComplete="name" value={typed} onChange={setTyped} error={textOf.field(save.failure, 'name')} />
      <div>
        <Button type="submit" label={t('me.save')} disabled={save.pending || typed.trim() === name} />
      </div>
    </Form>
  )
}

export function PasswordForm({ email }: { email: string }) {
  const t = useT()
  const textOf = useFailureText()
  const save = useCommand(setPassword, { org: null })
  const [present, setPresent] = useState('')
  const [chosen, setChosen] = useState('')
  const [done, setDone] = useState(false)
  const submit = async (): Promise<void> => {
    setDone(false)
    if (!(await save.run({ password: present, new_password: chosen }))) return
    setPresent('')
    setChosen('')
    setDone(true)
  }
  return (
    <Form title={t('me.password')} onSubmit={() => void submit()}>
      <FormErrorSummary failure={save.failure} />
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <TextField label={t('me.present_password')} name="password" type="password" autoComplete="current-password" value={present} onChange={setPresent} error={textOf.field(save.failure, 'password')} />
      <TextField label={t('me.new_password')} hint={t('welcome.password_hint')} name="new_password" type="password" autoComplete="new-password" value={chosen} onChange={setChosen} error={textOf.field(save.failure, 'new_password')} />
      <div>
        <Button type="submit" label={t('me.change_password')} disabled={save.pending || present === '' || chosen === ''} />
      </div>
      <p role="status">{done ? t('me.password_changed') : ''}</p>
    </Form>
  )
}

export function PinForm({ held }: { held: boolean }) {
  const t = useT()
  const textOf = useFailureText()
  const save = useCommand(setPin, { org: null })
  const [password, setTypedPassword] = useState('')
  const [pin, setTypedPin] = useState('')
  const send = async (value: string | null): Promise<void> => {
    if (!(await save.run({ password, pin: value }))) return
    setTypedPassword('')
    setTypedPin('')
  }
  return (
    <Form title={t('me.pin')} about={t('me.pin_hint')} onSubmit={() => void send(pin)}>
      <p role="status">{held ? t('me.pin_set') : t('me.pin_none')}</p>
      <FormErrorSummary failure={save.failure} />
      <TextField label={t('me.pin')} name="pin" type="password" inputMode="numeric" maxLength={6} autoComplete="off" value={pin} onChange={(text) => setTypedPin(text.replace(/\D/g, ''))} error={textOf.field(save.failure, 'pin')} />
      <TextField label={t('me.present_password')} name="pin_password" type="password" autoComplete="current-password" value={password} onChange={setTypedPassword} />
      <div className={styles['row']}>
        <Button type="submit" label={held ? t('me.pin_change') : t('me.pin_save')} disabled={save.pending || pin.length !== 6 || password === ''} />
        {held && <Button kind="quiet" label={t('me.pin_remove')} disabled={save.pending || password === ''} onClick={() => void send(null)} />}
      </div>
    </Form>
  )
}

export function RecoveryForm({ held }: { held: boolean }) {
  const t = useT()
  const make = useCommand(makeRecoveryKey, { org: null })
  const [password, setTyped] = useState('')
  const [key, setKey] = useState<string | null>(null)
  return (
    <Form
      title={t('me.recovery')}
      about={t('me.recovery_about')}
      onSubmit={() =>
        void make.run({ password }).then((made) => {
          if (!made) return
          setTyped('')
          setKey(made.value.key)
        })
      }
    >
      <p role="status">{held ? t('me.recovery_there') : t('me.recovery_none')}</p>
      <FormErrorSummary failure={make.failure} />
      <TextField label={t('me.present_password')} name="recovery_password" type="password" autoComplete="current-password" value={password} onChange={setTyped} />
      <div>
        <Button type="submit" label={t('me.recovery_make')} disabled={make.pending || password === ''} />
      </div>
      {key && <SecretOnce title={t('me.recovery_title')} about={t('me.recovery_keep')} secret={key} onClose={() => setKey(null)} />}
    </Form>
  )
}
