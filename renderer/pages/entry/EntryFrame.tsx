import type { ReactNode, Ref } from 'react'
import { Mark } from '../../app/shell/TopBar.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Entry.module.css'

interface EntryFrameProps {
  title: string
  about?: string
  step?: string
  wide?: boolean
  heading?: Ref<HTMLHeadingElement>
  children: ReactNode
}

export function EntryFrame({ title, about, step, wide, heading, children }: EntryFrameProps) {
  const t = useT()
  return (
    <div className={styles['page']}>
      <div className={`${styles['column']} ${wide ? styles['wide'] : ''}`}>
        <header className={styles['brand']}>
          <Mark />
          {t('app.name')}
        </header>
        <main className={styles['card']}>
          <div>
            {step && <p className={styles['step']}>{step}</p>}
            <h1 ref={heading} tabIndex={-1} className={styles['title']}>
              {title}
            </h1>
            {about && <p className={styles['about']}>{about}</p>}
          </div>
          {children}
        </main>
      </div>
    </div>
  )
}

export function EntryForm({ onSubmit, children, actions }: { onSubmit: () => void; children: ReactNode; actions: ReactNode }) {
  return (
    <form
      className={styles['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
      <div className={styles['actions']}>{actions}</div>
    </form>
  )
}

interface ChoicesProps<T extends string> {
  legend: string
  name: string
  value: T
  choices: readonly { value: T; label: string }[]
  onChange: (value: T) => void
}

export function Choices<T extends string>({ legend, name, value, choices, onChange }: ChoicesProps<T>) {
  return (
    <fieldset className={styles['choices']}>
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={styles['choice']}>
          <input type="radio" name={name} value={choice.value} checked={choice.value === value} onChange={() => onChange(choice.value)} />
          {choice.label}
        </label>
      ))}
    </fieldset>
  )
}
