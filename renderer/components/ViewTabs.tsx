import styles from './Tabs.module.css'

interface ViewTabsProps {
  label: string
  current: string
  views: readonly { key: string; label: string }[]
  onChoose: (key: string) => void
}

/** The views of one page, each with its own address: the page under them is another one, so these are no tabs of a panel. */
export function ViewTabs({ label, current, views, onChoose }: ViewTabsProps) {
  return (
    <nav className={styles['list']} aria-label={label}>
      {views.map((view) => (
        <button key={view.key} type="button" className={styles['tab']} {...(view.key === current ? { 'aria-current': 'page', 'data-active': true } : {})} onClick={() => onChoose(view.key)}>
          {view.label}
        </button>
      ))}
    </nav>
  )
}
