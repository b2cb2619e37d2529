import { useEffect, useRef, useState } from 'react'
import type { CallFailure } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Entry.module.css'

const PIN_LENGTH = 6

interface ProofProps {
  name: string
  /** Whether the PIN opens; else the password is asked. */
  pin: boolean
  pending: boolean
  failure: CallFailure | null
  onProof: (proof: { pin: string } | { password: string }) => void
}

/** PIN or password of one person. The sixth digit sends the PIN: no key is needed after it. */
export function Proof({ name, pin, pending, failure, onProof }: ProofProps) {
  const t = useT()
  const [byPassword, setByPassword] = useState(!pin)
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const wait = useWait(failure)
  useEffect(() => {
    if (!failure) return
    setTyped('')
    field.current?.focus()
    if (failure.code === 'auth.pin_unusable') setByPassword(true)
  }, [failure])
  const type = (text: string): void => {
    if (byPassword) return setTyped(text)
    const digits = text.replace(/\D/g, '').slice(0, PIN_LENGTH)
    setTyped(digits)
    if (digits.length === PIN_LENGTH && !pending && wait === 0) onProof({ pin: digits })
  }
  return (
    <form
      className={styles['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (wait === 0) onProof(byPassword ? { password: typed } : { pin: typed })
      }}
    >
      <TextField
        key={byPassword ? 'password' : 'pin'}
        ref={field}
        autoFocus
        label={byPassword ? t('lock.password_of', { name }) : t('lock.pin_of', { name })}
        name={byPassword ? 'password' : 'pin'}
        type="password"
        autoComplete={byPassword ? 'current-password' : 'off'}
        {...(byPassword ? {} : { inputMode: 'numeric' as const, maxLength: PIN_LENGTH, className: styles['pin'] })}
        aria-busy={pending}
        readOnly={wait > 0}
        value={typed}
        onChange={type}
      />
      <Refused failure={failure} wait={wait} />
      <div className={styles['actions']}>
        {pin && failure?.code !== 'auth.pin_unusable' && (
          <Button
            kind="quiet"
            label={byPassword ? t('lock.use_pin') : t('lock.use_password')}
            onClick={() => {
              setTyped('')
              setByPassword(!byPassword)
            }}
          />
        )}
        <Button type="submit" kind="primary" label={t('lock.open')} disabled={pending || wait > 0} />
      </div>
    </form>
  )
}

function Refused({ failure, wait }: { failure: CallFailure | null; wait: number }) {
  const t = useT()
  const textOf = useFailureText()
  const left = failure?.details.find(({ issue }) => issue === 'tries_left')?.found
  return (
    <div className={styles['refused']}>
      <div role="alert">{failure && <p>{[textOf.failure(failure), left && wait === 0 ? t('lock.tries_left', { count: Number(left) }) : ''].filter(Boolean).join(' ')}</p>}</div>
      {wait > 0 && <p>{t('lock.wait', { time: wait >= 60 ? t('lock.minutes', { count: Math.ceil(wait / 60) }) : t('lock.seconds', { count: wait }) })}</p>}
    </div>
  )
}

/** Seconds until the next try, counted down. */
function useWait(failure: CallFailure | null): number {
  const until = failure?.details.find(({ issue }) => issue === 'retry_at')?.found
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!until) return undefined
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [until])
  return until ? Math.max(0, Math.ceil((Date.parse(until) - now) / 1000)) : 0
}
