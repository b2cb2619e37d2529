import { create } from 'qrcode'
import { useMemo } from 'react'
import styles from './Server.module.css'

/** A QR code, drawn with one path. */
export function Code2d({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: 'M' })
    const squares: string[] = []
    for (let row = 0; row < modules.size; row++) for (let column = 0; column < modules.size; column++) if (modules.get(row, column)) squares.push(`M${column} ${row}h1v1h-1z`)
    return { size: modules.size, path: squares.join('') }
  }, [text])
  return (
    <svg className={styles['code2d']} role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <path d={path} />
    </svg>
  )
}
