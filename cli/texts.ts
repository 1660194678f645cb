// How the command line says times, sizes and counts.

import type { Grant } from '../store/app-types.ts'
import type { DamageReport } from '../store/types.ts'

/** In this machine's zone: 2026-01-31 03:12:00. */
export function timeText(time: number): string {
  const date = new Date(time)
  const two = (number: number): string => String(number).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** Megabytes of a million bytes, which is how disks and cards are sold. */
export function megabytes(bytes: number): string {
  const size = bytes / 1e6
  return `${size >= 100 ? countText(Math.round(size)) : size.toFixed(size >= 10 ? 1 : 2)} MB`
}

/** 1234567 as 1,234,567. */
export const countText = (count: number): string => Math.round(count).toLocaleString('en-US')

/** "1 chunk", "3 chunks". */
export const plural = (count: number, noun: string): string =>
  `${countText(count)} ${noun}${count === 1 ? '' : 's'}`

/** What is damaged, and the stretch of which category it costs. */
export function damageText({ what, project, category, from, to }: DamageReport): string {
  const where = category === undefined ? '' : `${project} / ${category}: `
  const when = from === undefined || to === undefined ? '' : `, ${timeText(from)} to ${timeText(to)}`
  return `${where}${what}${when}`
}

/** What a device or token may do, in words. */
export const rightText = ({ role, project }: Grant): string =>
  role === 'owner' ? 'everything' : `look at ${project ?? 'all'}`

/** The number that people typed; NaN, which nothing has, for anything else. */
export const idOf = (given: string): number => (/^\d{1,9}$/.test(given) ? Number(given) : Number.NaN)
