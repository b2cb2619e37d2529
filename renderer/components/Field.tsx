import { CircleAlert } from 'lucide-react'
import { useId } from 'react'
import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'
import { useT } from '../i18n/index.ts'
import styles from './Field.module.css'

export interface ControlProps {
  id: string
  'aria-describedby'?: string
  'aria-invalid'?: true
  'aria-required'?: true
}

export interface FieldProps {
  label: string
  hint?: ReactNode
  /** Translated text of what is wrong; empty or missing: nothing is. */
  error?: string | undefined
  optional?: boolean
  /** Said, not drawn: in a row whose heads name the field. */
  quiet?: boolean
  /** Path of the field in the input, `rows.3.start_at`: the error summary links to it. */
  name?: string
}

/** Label above, hint under the label, error under the control. */
export function Field({ label, hint, error, optional, quiet, name, children }: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const t = useT()
  const made = useId()
  const id = name ? fieldId(name) : made
  const [hintId, errorId] = [`${made}-hint`, `${made}-error`]
  const described = [hint && hintId, error && errorId].filter(Boolean).join(' ')
  return (
    <div className={styles['field']}>
      <label className={quiet ? 'visually-hidden' : styles['label']} htmlFor={id}>
        {label}
        {optional && <span className={styles['optional']}> {t('form.optional')}</span>}
      </label>
      {hint && (
        <div className={styles['hint']} id={hintId}>
          {hint}
        </div>
      )}
      {children({ id, ...(described ? { 'aria-describedby': described } : {}), ...(error ? { 'aria-invalid': true } : {}) })}
      {error && (
        <div className={styles['error']} id={errorId}>
          <CircleAlert size={14} aria-hidden />
          {error}
        </div>
      )}
    </div>
  )
}

/** Element id of the control of a named field. */
export const fieldId = (name: string): string => `field-${name.replaceAll('.', '-')}`

export const controlClass = styles['input'] ?? ''

interface TextFieldProps extends FieldProps, Omit<InputHTMLAttributes<HTMLInputElement>, 'name' | 'value' | 'onChange'> {
  value: string
  onChange: (value: string) => void
  ref?: Ref<HTMLInputElement>
}

export function TextField({ label, hint, error, optional, name, value, onChange, ref, ...rest }: TextFieldProps) {
  return (
    <Field {...present({ label, hint, error, optional, name })}>
      {(control) => <input {...rest} {...control} ref={ref} className={controlClass} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  )
}

interface TextAreaProps extends FieldProps, Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'name' | 'value' | 'onChange'> {
  value: string
  onChange: (value: string) => void
}

export function TextArea({ label, hint, error, optional, name, value, onChange, ...rest }: TextAreaProps) {
  return (
    <Field {...present({ label, hint, error, optional, name })}>
      {(control) => <textarea {...rest} {...control} className={controlClass} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  )
}

export interface Choice {
  value: string
  label: string
}

interface SelectProps extends FieldProps, Omit<SelectHTMLAttributes<HTMLSelectElement>, 'name' | 'value' | 'onChange'> {
  value: string
  onChange: (value: string) => void
  choices: readonly Choice[]
}

/** The system's own list: it speaks, types ahead and fits every screen. */
export function Select({ label, hint, error, optional, name, value, onChange, choices, ...rest }: SelectProps) {
  return (
    <Field {...present({ label, hint, error, optional, name })}>
      {(control) => (
        <select {...rest} {...control} className={controlClass} value={value} onChange={(event) => onChange(event.target.value)}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

export function CheckField({ label, checked, onChange }: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className={styles['check']}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  )
}

interface FieldParts {
  label: string
  hint: ReactNode
  error: string | undefined
  optional: boolean | undefined
  name: string | undefined
}

const present = ({ label, hint, error, optional, name }: FieldParts): FieldProps => ({
  label,
  ...(hint === undefined ? {} : { hint }),
  ...(error ? { error } : {}),
  ...(optional ? { optional } : {}),
  ...(name ? { name } : {}),
})
