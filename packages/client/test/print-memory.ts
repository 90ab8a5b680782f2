/**
 * Prints what a transfer of a large file does to the memory of this process, after one of a small file: JSON with bytes,
 * growth in bytes, and ms.
 *
 * @param transfer resolves with the bytes that went over
 */
export async function printMemory(transfer: (name: 'small' | 'large') => Promise<number>): Promise<void> {
  await transfer('small')
  const before = process.memoryUsage().rss
  let peak = before
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5)
  const started = performance.now()
  const bytes = await transfer('large')
  clearInterval(timer)
  console.log(JSON.stringify({ bytes, growth: peak - before, ms: Math.round(performance.now() - started) }))
}
