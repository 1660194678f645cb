// Paints sheets on a thread of its own: drawing eight series takes a cheap phone longer than a frame lasts.

import { paintBitmap, type SheetJob } from './paint-sheet.ts'

addEventListener('message', ({ data: [id, job] }: MessageEvent<[id: number, job: SheetJob]>) => {
  const bitmap = paintBitmap(job)
  postMessage([id, bitmap], { transfer: [bitmap] })
})
