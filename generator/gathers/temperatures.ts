// Every temperature sensor of the machine: the hardware monitors of /sys/class/hwmon, or the thermal zones where
// there is none (kernel documents hwmon/sysfs-interface and thermal/sysfs-api; both in thousandths of a degree).

import { gather } from '../gather.ts'
import type { Machine } from '../machine.ts'
import { uniqueLabels } from '../unique-labels.ts'

interface Sensor {
  label: string
  celsius: number
}

const hwmon = 'class/hwmon'
const zones = 'class/thermal'

/** Sensors that are not connected or have gone read 0 K, -128, 127 or 255 °C and worse. */
const isTemperature = (celsius: number): boolean => celsius > -50 && celsius < 125

const celsius = (text: string | undefined): number => (text?.trim() ? Number(text) / 1000 : Number.NaN)

async function chipSensors(machine: Machine, chip: string): Promise<Sensor[]> {
  const folder = `${hwmon}/${chip}`
  const files = await machine.folder(folder)
  const inputs = files.filter((name) => name.startsWith('temp') && name.endsWith('_input'))
  if (inputs.length === 0) return []
  const name = await chipName(machine, folder, chip)
  const sensors = inputs.map(async (input) => {
    const stem = `${folder}/${input.slice(0, -'_input'.length)}`
    const fault = files.includes(`${stem.slice(folder.length + 1)}_fault`)
    if (fault && (await machine.sensor(`${stem}_fault`))?.trim() === '1') return []
    const label =
      machine.constant(`${stem}_label`)?.trim() || (inputs.length > 1 ? stem.split('/').at(-1) : '')
    return [
      { label: `${name} ${label}`.trim(), celsius: celsius(await machine.sensor(`${folder}/${input}`)) },
    ]
  })
  return (await Promise.all(sensors)).flat()
}

/** The driver's name; the device's own where it is the same with a number, such as nvme0. */
async function chipName(machine: Machine, folder: string, chip: string): Promise<string> {
  const name = machine.constant(`${folder}/name`)?.trim() || chip
  const device = (await machine.link(`${folder}/device`))?.split('/').at(-1) ?? ''
  return device.startsWith(name) && /^\d+$/.test(device.slice(name.length)) ? device : name
}

async function zoneSensors(machine: Machine): Promise<Sensor[]> {
  const names = (await machine.folder(zones)).filter((name) => name.startsWith('thermal_zone'))
  return Promise.all(
    names.map(async (zone) => ({
      label: machine.constant(`${zones}/${zone}/type`)?.trim() || zone,
      celsius: celsius(await machine.sensor(`${zones}/${zone}/temp`)),
    })),
  )
}

/** hwmon's numbers change from boot to boot; the places of the devices do not. */
async function chipsByPlace(machine: Machine): Promise<string[]> {
  const chips = await machine.folder(hwmon)
  const places = await Promise.all(
    chips.map(async (chip) => ({ chip, place: (await machine.link(`${hwmon}/${chip}`)) ?? chip })),
  )
  return places.sort((a, b) => (a.place < b.place ? -1 : 1)).map(({ chip }) => chip)
}

export default gather({
  order: 3,
  help: 'Temperature of every sensor in the machine.',
  unit: '°C',
  min: 35,
  max: 100,
  every: 5,
  each: 'sensor',
  async read(machine) {
    const chips = await chipsByPlace(machine)
    const ofChips = (await Promise.all(chips.map((chip) => chipSensors(machine, chip)))).flat()
    const sensors = ofChips.length > 0 ? ofChips : await zoneSensors(machine)
    const labels = uniqueLabels(sensors.map(({ label }) => label))
    const readings = sensors.map(({ celsius }, index) => [labels[index] ?? '', celsius] as const)
    return Object.fromEntries(readings.filter(([, value]) => isTemperature(value)))
  },
  async fallback(si) {
    const { main, cores } = await si.cpuTemperature()
    const readings = [
      ['processor', main] as const,
      ...cores.map((value, index) => [`core ${index}`, value] as const),
    ]
    return Object.fromEntries(readings.filter(([, value]) => value !== null && isTemperature(value)))
  },
})
