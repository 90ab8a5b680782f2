const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** A number of bytes for people, by thousands: `1.5 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = unit === 0 || value >= 99.5 ? 0 : value >= 9.95 ? 1 : 2
  return `${value.toFixed(digits)} ${UNITS[unit]}`
}

/** Seconds for people: `0:07`, `12:30`, `3:05:00`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds)
  const pad = (part: number): string => String(part).padStart(2, '0')
  const minutes = Math.floor(whole / 60)
  const rest = pad(whole % 60)
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${rest}`
}
