#!/usr/bin/env python3
# Python, started once and fed a newline each round, which is cheap: what the processes of this machine are at.
# pocketstats: keep-running every=5s
import os
import sys

NAMES = {"R": "running", "S": "sleeping", "D": "waiting for a disk", "T": "stopped", "Z": "zombies", "I": "idle"}

for _ in sys.stdin:
    counts = dict.fromkeys(NAMES.values(), 0)
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat", "rb") as stat:
                state = stat.read().rpartition(b")")[2].split()[0].decode()
        except OSError:
            continue
        if state in NAMES:
            counts[NAMES[state]] += 1
    for name, count in counts.items():
        print(f'"{name}" {count}')
    print(flush=True)
