// Every setting there is, as a table: name, kind and default. settings.conf explains each to people; a test
// holds the two together.

import {
  bytes,
  type CategoryRetention,
  categoryRetention,
  choice,
  duration,
  fileName,
  list,
  port,
  type SettingKind,
  text,
  wholeNumber,
  yesNo,
} from './setting-kinds.ts'
import type { NamedSettings } from './settings-named.ts'

const day = 86_400
const ages = { least: 60, most: 100 * 365 * day }
const maxAge = duration(365 * day, ages)
const fullResolution = duration(14 * day, ages)

export const settingsTable = {
  General: {
    UseDeltaCompression: yesNo(true),
    MachineName: text(''),
  },
  Server: {
    Debug: yesNo(false),
    Host: text('0.0.0.0'),
    Port: port(5050),
    RestPort: port(7890),
    AllowedHosts: list(),
    TrustLoopback: yesNo(true),
    Tls: choice('auto', 'files', 'no'),
    TlsCertificate: text(''),
    TlsKey: text(''),
    ServiceWorker: yesNo(true),
    SessionIdle: duration(90 * day, { least: 60, most: 400 * day }),
  },
  Generator: {
    DatabaseDirectory: text('./data'),
    DatabaseName: fileName('data.db'),
    Timestep: duration(1, { least: 0.1, most: 3600 }),
    CommitInterval: duration(5, { least: 0, most: 3600 }),
    MaxNetworkSpeed: bytes(0),
    MaxAge: maxAge,
    FullResolution: fullResolution,
    DisabledGathers: list(),
    PluginDirectory: text('./plugins'),
    PluginUser: text(''),
    PluginMemory: bytes(128 * 1024 ** 2),
    PluginSeries: wholeNumber(500, { most: 100_000 }),
  },
  Limits: {
    SeriesPerProject: wholeNumber(5000, { most: 1_000_000 }),
    PointsPerSecond: wholeNumber(0, { most: 10_000_000 }),
  },
  Formats: {
    InfluxCategory: text('{measurement} {tags}'),
    InfluxLabel: text('{field}'),
    PrometheusCategory: text('{name}'),
    PrometheusLabel: text('{labels}'),
    CollectdCategory: text('{host} {plugin} {instance}'),
    CollectdLabel: text('{type} {type_instance} {field}'),
    GraphiteCategory: text('{name} {tags}'),
    GraphiteLabel: text('{field}'),
    JsonCategory: text('{field}'),
    JsonLabel: text('{machine} {tags}'),
  },
  Tcp: {
    Port: port(0),
    Host: text('0.0.0.0'),
    Project: text('TCP'),
  },
  Statsd: {
    Port: port(0),
    Host: text('0.0.0.0'),
    Project: text('StatsD'),
    Interval: duration(10, { least: 1, most: 3600 }),
  },
} as const satisfies Record<string, Record<string, SettingKind<unknown>>>

/** The section whose keys are names of categories. */
export const retentionSection = 'Retention'
export const retentionKind = categoryRetention(maxAge, fullResolution)

/** The section in which a setting of this name stands, in whatever case. */
export const sectionOf = (key: string): string | undefined =>
  Object.entries(settingsTable).find(([, kinds]) =>
    Object.keys(kinds).some((name) => name.toLowerCase() === key.toLowerCase()),
  )?.[0]

type Table = typeof settingsTable
type ValueOf<K> = K extends SettingKind<infer T> ? T : never

/** Every section and setting under the names of settings.conf; durations in seconds, sizes in bytes. */
export type Settings = {
  readonly [S in keyof Table]: { readonly [K in keyof Table[S]]: ValueOf<Table[S][K]> }
} & NamedSettings & {
    /** What differs for single categories, by name. */
    readonly [retentionSection]: Readonly<Record<string, CategoryRetention>>
  }
