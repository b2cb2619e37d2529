import { useMemo } from 'react'
import { Combobox } from './Combobox.tsx'
import type { FieldProps } from './Field.tsx'

/** IANA zones that this computer knows. */
export function ZoneField({ value, onChange, ...field }: FieldProps & { value: string; onChange: (zone: string) => void }) {
  const options = useMemo(() => {
    const zones = Intl.supportedValuesOf('timeZone')
    return (zones.includes(value) ? zones : [value, ...zones]).map((zone) => ({ id: zone, label: zone.replaceAll('_', ' ') }))
  }, [value])
  return <Combobox {...field} options={options} value={value} onChange={(zone) => zone && onChange(zone)} />
}
