// How busy graphics processors are: those of AMD by the kernel (document gpu/amdgpu/thermal), those of NVIDIA by
// nvidia-smi, which takes its driver.

import { gather } from '../gather.ts'
import type { Machine } from '../machine.ts'
import { uniqueLabels } from '../unique-labels.ts'

interface Gpu {
  readonly name: string
  /** Percent; not a number where it is not told. */
  readonly busy: number
  readonly memory: number
}

const drm = 'class/drm'
const query = ['--query-gpu=name,utilization.gpu,memory.used,memory.total', '--format=csv,noheader,nounits']

async function amd(machine: Machine): Promise<Gpu[]> {
  const cards = (await machine.folder(drm)).filter((name) => /^card\d+$/.test(name))
  const gpus = cards.map(async (card, index): Promise<Gpu[]> => {
    const number = async (file: string): Promise<number> =>
      Number.parseInt((await machine.sensor(`${drm}/${card}/device/${file}`)) ?? '', 10)
    const busy = await number('gpu_busy_percent')
    if (Number.isNaN(busy)) return []
    const [used, total] = [await number('mem_info_vram_used'), await number('mem_info_vram_total')]
    return [{ name: `GPU ${index}`, busy, memory: percent(used, total) }]
  })
  return (await Promise.all(gpus)).flat()
}

async function nvidia(machine: Machine): Promise<Gpu[]> {
  if (machine.proc('driver/nvidia/version') === undefined) return []
  const answer = await machine.run('nvidia-smi', query)
  if (answer?.code !== 0) return []
  return answer.stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', busy, used, total] = line.split(', ')
      return { name, busy: Number(busy), memory: percent(Number(used), Number(total)) }
    })
}

const percent = (part: number, whole: number): number => Math.round((1000 * part) / whole) / 10

export default gather({
  title: 'GPU',
  order: 13,
  help: 'How busy each graphics processor is, and how full its memory.',
  unit: '%',
  min: 0,
  max: 100,
  every: 5,
  each: 'graphics processor',
  async read(machine) {
    const gpus = [...(await amd(machine)), ...(await nvidia(machine))]
    const names = uniqueLabels(gpus.map(({ name }) => name))
    const rows = gpus.flatMap(({ busy, memory }, index) => [
      [`${names[index]} busy`, busy] as const,
      [`${names[index]} memory`, memory] as const,
    ])
    return Object.fromEntries(rows.filter(([, value]) => Number.isFinite(value)))
  },
})
