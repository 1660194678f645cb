// What the app asks the server about projects themselves: made, renamed, archived, given a new id, deleted.

import type { ProjectDetails } from '../../common/project-wire.ts'
import type { Project } from '../../common/wire.ts'
import { request, withBody } from '../data/api.ts'

const ask = async <T>(path: string, init: RequestInit = {}): Promise<T> =>
  (await (await request(path, init)).json()) as T

const at = (key: string): string => `/projects/${encodeURIComponent(key)}`

/** All projects, those in the archive as well. */
export const fetchAllProjects = async (): Promise<Project[]> =>
  (await ask<{ projects: Project[] }>('/projects?archived=yes')).projects

/** With its secret id. */
export const fetchProject = (key: string): Promise<ProjectDetails> =>
  ask<ProjectDetails>(`/project?${new URLSearchParams({ project: key })}`)

export const newProject = (name: string): Promise<ProjectDetails> =>
  ask<ProjectDetails>('/projects', withBody('POST', { name }))

export const changeProject = (
  key: string,
  change: { name?: string; archived?: boolean },
): Promise<ProjectDetails> => ask<ProjectDetails>(at(key), withBody('PATCH', change))

/** The old id is refused from then on. */
export const rotateProjectId = (key: string): Promise<ProjectDetails> =>
  ask<ProjectDetails>(`${at(key)}/id`, { method: 'POST' })

/** With all its points. */
export const deleteProject = (key: string): Promise<unknown> => ask(at(key), { method: 'DELETE' })
