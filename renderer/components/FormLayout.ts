import styles from './FormLayout.module.css'

export const formStack = styles['stack'] ?? ''
export const formTwo = styles['two'] ?? ''
