// Which of the mounts in /proc/self/mountinfo (proc_pid_mountinfo(5)) are storage that a person would count, each
// once: a running system mounts dozens of things that are no storage, and the same disk in several places.

export interface Mount {
  /** Where it is mounted. */
  point: string
  /** Folder of the file system that is seen there; '/' for the whole. */
  root: string
  /** Mounts that share this share their space. */
  device: string
}

/** File systems that have no block device of their own under /dev, yet hold files that stay. */
const elsewhere = new Set([
  ...[
    'nfs',
    'nfs4',
    'cifs',
    'smb3',
    'smbfs',
    '9p',
    'virtiofs',
    'afs',
    'ceph',
    'lustre',
    'beegfs',
    'glusterfs',
  ],
  ...[
    'zfs',
    'btrfs',
    'bcachefs',
    'davfs',
    'fuse.zfs',
    'fuse.glusterfs',
    'fuse.ceph',
    'fuse.sshfs',
    'fuse.rclone',
  ],
  ...[
    'fuse.mergerfs',
    'fuse.s3fs',
    'fuse.davfs2',
    'fuse.juicefs',
    'fuse.unionfs',
    'fuse.bindfs',
    'fuse.encfs',
  ],
])

/** Images that are always full. */
const images = new Set(['squashfs', 'iso9660', 'udf', 'erofs', 'cramfs'])

/** Where container run-times mount single files and folders of a disk; such a mount is not storage of its own. */
const borrowed = /^\/(etc|run|snap|var\/lib\/(docker|containers|containerd|kubelet|lxd|snapd))(\/|$)/

/** Real mounts, by mount point; where a disk is mounted in several places, the one that shows all of it. */
export function realMounts(mountinfo: string): Mount[] {
  const byPoint = new Map<string, Mount>()
  for (const line of mountinfo.split('\n')) {
    const mount = parse(line)
    // A later mount hides an earlier one at the same place.
    if (mount) byPoint.set(mount.point, mount)
  }
  const byDevice = new Map<string, Mount>()
  for (const mount of [...byPoint.values()].sort(widestFirst)) {
    if (!byDevice.has(mount.device)) byDevice.set(mount.device, mount)
  }
  return [...byDevice.values()].sort((a, b) => (a.point < b.point ? -1 : 1))
}

function parse(line: string): Mount | undefined {
  const separator = line.indexOf(' - ')
  if (separator < 0) return undefined
  const [, , number = '', root = '', point = ''] = line.split(' ', 5)
  const [type = '', source = ''] = line.slice(separator + 3).split(' ', 2)
  const mount = { point: decode(point), root: decode(root), device: type === 'btrfs' ? source : number }
  return mount.point === '/' || isStorage(type, source, mount) ? mount : undefined
}

function isStorage(type: string, source: string, { point, root }: Mount): boolean {
  if (images.has(type) || source.startsWith('/dev/loop')) return false
  if (root !== '/' && type !== 'btrfs' && borrowed.test(point)) return false
  return elsewhere.has(type) || (source.startsWith('/dev/') && !source.startsWith('/dev/fuse'))
}

const widestFirst = (a: Mount, b: Mount): number =>
  Number(b.point === '/') - Number(a.point === '/') ||
  Number(b.root === '/') - Number(a.root === '/') ||
  a.point.length - b.point.length ||
  (a.point < b.point ? -1 : 1)

/** Space, tab, line break and backslash stand as octal numbers. */
const decode = (path: string): string =>
  path.includes('\\')
    ? path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    : path
