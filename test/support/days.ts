/** The day in UTC, so many days ago: `yyyy-mm-dd`. */
export function daysAgo(count: number): string {
  return new Date(Date.now() - count * 86_400_000).toISOString().slice(0, 10)
}
