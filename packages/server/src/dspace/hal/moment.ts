/** A moment as the original writes it, e.g. `2026-11-22T09:30:00.000+00:00`. */
export function momentText(moment: Date): string {
  return moment.toISOString().replace('Z', '+00:00')
}
