import type { CSSProperties } from 'react'
import { useEffect, useEffectEvent, useState } from 'react'
import { z } from 'zod'
import { departments, moveDepartment, snapDepartmentColour } from '../../../shared/domain/organization/operations.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useAnswer } from '../../app/queries.ts'
import { DepartmentTag } from '../../components/DepartmentTag.tsx'
import { orNull, textOf } from '../../components/draft.ts'
import { TextField } from '../../components/Field.tsx'
import { formTwo } from '../../components/FormLayout.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useT } from '../../i18n/index.ts'
import { DEPARTMENTS } from '../../tokens/pairs.ts'
import { CatalogueSection, catalogueOperations } from './CatalogueSection.tsx'
import styles from './Settings.module.css'

const Row = z.object({ id: z.string(), version: z.number(), code: z.string(), name: z.string(), name_en: z.string().nullish(), colour: z.string() })
const operations = catalogueOperations(departments)

export function DepartmentsSection() {
  const t = useT()
  const errors = useFailureText()
  return (
    <CatalogueSection
      title={t('settings.section.departments')}
      about={t('departments.about')}
      empty={t('departments.empty')}
      operations={operations}
      schema={Row}
      move={moveDepartment.name}
      columns={[
        { label: t('departments.code'), render: (row) => <DepartmentTag code={row.code} name={row.name} colour={row.colour} /> },
        { label: t('departments.name'), render: (row) => row.name },
        { label: t('departments.name_en'), render: (row) => row.name_en },
      ]}
      formOf={(row) => ({ code: row?.code ?? '', name: row?.name ?? '', name_en: textOf(row?.name_en), colour: row?.colour ?? 'prd' })}
      values={({ name_en, ...changes }) => ({ ...changes, ...(changes.code === undefined ? {} : { code: changes.code.toUpperCase() }), ...(name_en === undefined ? {} : { name_en: orNull(name_en) }) })}
      fields={(draft, failure) => (
        <>
          <TextField label={t('departments.code')} hint={t('departments.code_hint')} name="code" required maxLength={3} autoFocus value={draft.get('code')} error={errors.field(failure, 'code')} onChange={(code) => draft.set('code', code.toUpperCase())} />
          <div className={formTwo}>
            <TextField label={t('departments.name')} name="name" required value={draft.get('name')} error={errors.field(failure, 'name')} onChange={(name) => draft.set('name', name)} />
            <TextField label={t('departments.name_en')} name="name_en" optional value={draft.get('name_en')} onChange={(name) => draft.set('name_en', name)} />
          </div>
          <ColourField value={draft.get('colour')} onChange={(colour) => draft.set('colour', colour)} />
        </>
      )}
    />
  )
}

type Swatch = CSSProperties & { '--swatch': string }
const SETTLED_MS = 200

/** The twelve of the palette, which follow the theme, or one’s own: shown as the core will keep it. */
function ColourField({ value, onChange }: { value: string; onChange: (colour: string) => void }) {
  const t = useT()
  const language = usePreferences((state) => state.language)
  const own = value.startsWith('#')
  const [picked, setPicked] = useState(own ? value : '')
  const [asked, setAsked] = useState<string | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(/^#[0-9a-f]{6}$/i.test(picked) ? picked : null), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [picked])
  const { answer } = useAnswer(snapDepartmentColour, asked === null ? null : { colour: asked })
  const snapped = asked === null ? null : (answer?.value.colour ?? null)
  // Follows what the core answered, not the field it fills.
  const take = useEffectEvent((found: string) => {
    if (found !== value) onChange(found)
  })
  useEffect(() => {
    if (snapped !== null) take(snapped)
  }, [snapped])
  const choose = (colour: string): void => {
    setPicked('')
    setAsked(null)
    onChange(colour)
  }
  return (
    <fieldset className={styles['part']}>
      <legend>{t('departments.colour')}</legend>
      <div className={styles['swatches']} role="radiogroup" aria-label={t('departments.palette')}>
        {DEPARTMENTS.map((token) => {
          const style: Swatch = { '--swatch': `var(--dept-${token})` }
          return (
            <button key={token} type="button" role="radio" className={styles['swatch']} aria-checked={value === token} onClick={() => choose(token)} lang={language}>
              <span className={styles['dot']} style={style} aria-hidden />
              {token.toUpperCase()}
            </button>
          )
        })}
      </div>
      <div className={styles['custom']}>
        <TextField label={t('departments.own_colour')} hint={t('departments.own_hint')} value={picked} placeholder="#7A3FB0" onChange={(typed) => setPicked(typed.trim())} />
        <input type="color" aria-label={t('departments.pick')} value={/^#[0-9a-f]{6}$/i.test(picked) ? picked : '#777777'} onChange={(event) => setPicked(event.target.value)} />
        {own && <OwnColour colour={value} moved={asked !== null && asked.toUpperCase() !== value} />}
      </div>
    </fieldset>
  )
}

function OwnColour({ colour, moved }: { colour: string; moved: boolean }) {
  const t = useT()
  const style: Swatch = { '--swatch': colour }
  return (
    <p className={styles['swatch']} role="status">
      <span className={styles['dot']} style={style} aria-hidden />
      {moved ? t('departments.snapped', { colour }) : colour}
    </p>
  )
}
