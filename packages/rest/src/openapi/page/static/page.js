'use strict'

const tools = document.querySelector('.tools')
const filter = document.querySelector('#filter')
const token = document.querySelector('#token')
tools.hidden = false
tools.addEventListener('submit', (event) => event.preventDefault())

filter.addEventListener('input', () => {
  const words = filter.value.toLowerCase().split(/\s+/)
  for (const group of document.querySelectorAll('.group')) {
    for (const operation of group.querySelectorAll('.operation')) {
      const text = operation.querySelector('summary').textContent.toLowerCase()
      operation.hidden = !words.every((word) => text.includes(word))
    }
    group.hidden = group.querySelector('.operation:not([hidden])') === null
  }
})

for (const form of document.querySelectorAll('.request')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void send(form)
  })
}

// A link to an operation shows it, not only its heading.
const openTarget = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (target instanceof HTMLDetailsElement) target.open = true
}
window.addEventListener('hashchange', openTarget)
openTarget()

async function send(form) {
  const output = form.querySelector('output')
  const url = addressOf(form)
  show(output, `GET ${url} …`)
  const { header, prefix } = token.dataset
  const headers = token.value === '' ? {} : { [header]: prefix + token.value }
  const started = performance.now()
  try {
    const response = await fetch(url, { headers })
    const text = await response.text()
    const heading = `${response.status} ${response.statusText}, ${Math.round(performance.now() - started)} ms`
    show(output, `GET ${url}\n${heading}\n\n${readable(text)}`)
  } catch (error) {
    show(output, `GET ${url}\n${error.message}`)
  }
}

function addressOf(form) {
  let path = form.dataset.path
  const query = new URLSearchParams()
  for (const input of form.querySelectorAll('input')) {
    if (input.dataset.in === 'path') path = path.replace(`{${input.name}}`, encodeURIComponent(input.value))
    else if (input.value !== '') query.append(input.name, input.value)
  }
  const search = query.toString()
  return document.body.dataset.base + path + (search === '' ? '' : `?${search}`)
}

function readable(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text.slice(0, 100_000)
  }
}

function show(output, text) {
  const shown = document.createElement('pre')
  shown.textContent = text
  output.replaceChildren(shown)
}
