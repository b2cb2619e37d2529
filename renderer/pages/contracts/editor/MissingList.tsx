import { useProject } from '../../../app/context.tsx'
import { paths, useGo } from '../../../app/routes.ts'
import { Button } from '../../../components/Button.tsx'
import { fieldId } from '../../../components/Field.tsx'
import { mutedText } from '../../../components/RowList.tsx'
import { isKey, useT } from '../../../i18n/index.ts'
import type { Translate } from '../../../i18n/index.ts'
import { placeOf } from './contract-fields.ts'
import type { FactPlace, TypedField } from './contract-fields.ts'
import type { ContractRecord, Missing } from './contract-rows.ts'
import styles from './ContractEditor.module.css'

interface MissingListProps {
  missing: readonly Missing[]
  record: ContractRecord
  /** The form is open: what is typed here can be reached. */
  writing: boolean
  onParty: (() => void) | null
}

/** Puts the focus on a field of the form. */
export function focusField(field: TypedField): void {
  const control = document.getElementById(fieldId(field))
  control?.scrollIntoView({ block: 'center' })
  control?.focus({ preventScroll: true })
}

const keyOf = (place: FactPlace): string => ('field' in place ? `field.${place.field}` : `page.${place.page}`)

/** What the law asks for and is not known: each mention with its article, and a way to where it is entered. */
export function MissingList({ missing, record, writing, onParty }: MissingListProps) {
  const t = useT()
  const open = useOpenPlace(record, onParty)
  if (missing.length === 0) return null
  const hasDays = record.assignments.some(({ state }) => state !== 'canceled')
  return (
    <section className={styles['missing']} aria-label={t('contract_editor.missing', { count: missing.length })} data-missing={missing.length}>
      <h2>{t('contract_editor.missing', { count: missing.length })}</h2>
      <ul>
        {missing.map((one, index) => {
          const places = new Map(one.names.flatMap((name) => placeOf(name, record.contract.kind, hasDays) ?? []).map((place) => [keyOf(place), place]))
          return (
            <li key={`${one.key} ${index}`} data-mention={one.key}>
              <div>
                {mentionWords(t, one, [...places.values()].map((place) => ('field' in place ? t(`contract_editor.field.${place.field}`) : placeWords(t, place, record))))}
                {one.article !== null && <div className={mutedText}>{one.article}</div>}
              </div>
              <div className={styles['places']}>
                {[...places].map(([key, place]) =>
                  'field' in place ? (
                    writing && <Button key={key} small label={t(`contract_editor.field.${place.field}`)} onClick={() => focusField(place.field)} />
                  ) : (
                    <Button key={key} small kind="quiet" label={placeWords(t, place, record)} onClick={() => open(place)} />
                  ),
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** A mention of the law has a name; what only a clause asks for is named by where it is entered. */
const mentionWords = (t: Translate, { key, names }: Missing, places: readonly string[]): string => {
  const named = `contract_editor.mention.${key}`
  return key !== 'text' && isKey(named) ? t(named) : t('contract_editor.mention.text', { what: (places.length > 0 ? places : names).join(', ') })
}

const placeWords = (t: Translate, place: Extract<FactPlace, { page: string }>, { name }: ContractRecord): string => (place.page === 'other' ? t('contract_editor.page.other', { name: name ?? '' }) : t(`contract_editor.page.${place.page}`))

/** Goes to where a fact lives. */
function useOpenPlace({ contract, shown, assignments }: ContractRecord, onParty: (() => void) | null): (place: Extract<FactPlace, { page: string }>) => void {
  const project = useProject()
  const go = useGo()
  const [first] = assignments
  return ({ page }) => {
    switch (page) {
      case 'identity':
        return go(paths.settings(project.org, 'identity'))
      case 'employer':
        return go(paths.settings(project.org, EMPLOYER_SECTION))
      case 'project':
        return go(paths.project(project.org, project.id))
      case 'other':
        if (onParty) return onParty()
        return contract.collaborator_id === null ? undefined : go(`${paths.people(project.org)}?sel=${contract.collaborator_id}`)
      case 'mission': {
        const placeless = shown.facts.days.find(({ place }) => place === null)?.assignment_id
        const on = assignments.find(({ id }) => id === placeless) ?? first
        return on === undefined ? undefined : go(paths.mission(project.org, project.id, on.mission_id))
      }
      case 'planning':
        return go(first === undefined ? paths.planning(project.org, project.id) : assignmentPath(project, first.id))
    }
  }
}

/** Section of the settings where an employer says what every contract says. */
export const EMPLOYER_SECTION = 'contracts'
export const assignmentPath = ({ org, id }: { org: string; id: string }, assignment: string): string => `${paths.planning(org, id)}?sel=${assignment}&view=table`
