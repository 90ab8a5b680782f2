// IMF-fixdate, and the two obsolete forms that a recipient must accept (RFC 9110 section 5.6.7).
const forms = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/,
] as const

/** Reads an HTTP date as seconds since 1970, `undefined` when the text is none. */
export function parseHttpDate(text: string): number | undefined {
  const [fixdate, rfc850, asctime] = forms
  let milliseconds = Number.NaN
  if (fixdate.test(text)) milliseconds = Date.parse(text)
  else if (rfc850.test(text)) milliseconds = Date.parse(fullYear(text))
  else if (asctime.test(text)) milliseconds = Date.parse(`${text} GMT`)
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000
}

/** HTTP dates have no fractions of a second. */
export function wholeSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}

/** A two-digit year more than 50 years ahead is one of the past (RFC 9110 section 5.6.7). */
function fullYear(text: string): string {
  const thisYear = new Date().getUTCFullYear()
  return text
    .replace(/-(\d{2}) /, (_match, digits: string) => {
      const year = thisYear - (thisYear % 100) + Number(digits)
      return ` ${year > thisYear + 50 ? year - 100 : year} `
    })
    .replace('-', ' ')
}
