import type { ImportPreviewAnswer } from '../../../shared/domain/imports/operations.ts'
import { useT } from '../../i18n/index.ts'
import type { Key } from '../../i18n/index.ts'
import { steps } from './import-file.ts'
import type { Step } from './import-file.ts'
import styles from './Import.module.css'

/** Where one is, and what still asks for a choice in each step. */
export function ImportSteps({ step, preview, onStep }: { step: Step; preview: ImportPreviewAnswer | undefined; onStep: (step: Step) => void }) {
  const t = useT()
  const say = (words: Key, count = 0): string => (count > 0 ? t(words, { count }) : '')
  const waiting: Readonly<Record<Step, string>> = {
    columns: say('import.waiting.columns', preview?.choices.length), matches: say('import.waiting.matches', preview?.undecided),
    check: say('import.waiting.check', preview?.counts.rejected), finish: '',
  }
  return (
    <nav aria-label={t('import.steps')}>
      <ol className={styles['steps']}>
        {steps.map((one, index) => (
          <li key={one}>
            <button type="button" aria-current={one === step ? 'step' : undefined} onClick={() => onStep(one)}>
              <span className={styles['number']} aria-hidden>
                {index + 1}
              </span>
              {t(`import.step.${one}`)}
              {waiting[one] && <span className={styles['waiting']}>{waiting[one]}</span>}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
