import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import styles from './Tabs.module.css'

export interface Tab {
  key: string
  label: string
  content: ReactNode
}

export function Tabs({ tabs, value, onChange, label }: { tabs: readonly Tab[]; value: string; onChange: (key: string) => void; label: string }) {
  return (
    <Base.Root className={styles['root']} value={value} onValueChange={(key) => onChange(String(key))}>
      <Base.List className={styles['list']} aria-label={label}>
        {tabs.map((tab) => (
          <Base.Tab key={tab.key} value={tab.key} className={styles['tab']}>
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.key} value={tab.key} className={styles['panel']}>
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
