#!/bin/bash
# Lines of label, value and unit, by a shell script: how much of their inodes the file systems have used.
# pocketstats: every=30s
echo '# help: Inodes in use; a file system without free ones is full, however many bytes it has.'
echo '# unit: %'
echo '# min: 0'
echo '# max: 100'
df --output=target,ipcent --local | sed -n '2,$s/^\(.*[^ ]\) \+\([0-9]\+\)%$/"\1" \2/p'
