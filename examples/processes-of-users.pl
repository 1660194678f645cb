#!/usr/bin/perl
# Perl: how many processes each user has.
# pocketstats: every=10s
use strict;
use warnings;

my %count;
for my $folder (glob '/proc/[0-9]*') {
    my $owner = (stat $folder)[4];
    next unless defined $owner;
    $count{ getpwuid($owner) // $owner }++;
}
print "# help: Processes of each user.\n";
print "$_ $count{$_}\n" for sort keys %count;
