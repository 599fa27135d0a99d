#!/usr/bin/env python3
"""What goes wrong under load, one thing after another. Usage: faults_soak.py BUILD [--small] [--only WORD]

kill -9; a relay that refuses, stalls, drops, greylists, talks nonsense; a full disk, a read-only one; a clock that jumps by
a day; DNS gone; PostgreSQL restarted; LMTP clients that hang up at every octet. After each: every letter answered 250 is
stored once with an outcome, every mail has gone out, once, and twice only where nobody could know (RFC 1047).
"""
import random
import sys

import soak_site
import disk_faults
import kill_faults
import outside_faults
import relay_faults
from table import Table

FAULTS = {"kill": kill_faults.run_kills, "relay": relay_faults.run_passing, "refusing": relay_faults.run_refusing,
          "full": disk_faults.run_full, "locked": disk_faults.run_read_only_at_start,
          "read-only": disk_faults.run_turned_read_only, "clock": outside_faults.run_clock, "dns": outside_faults.run_names,
          "postgres": kill_faults.run_postgres, "cuts": kill_faults.run_cuts}


def main():
    only = None
    if "--only" in sys.argv:
        place = sys.argv.index("--only")
        only = sys.argv[place + 1]
        del sys.argv[place:place + 2]
    options = soak_site.arguments(__doc__)
    random.seed(20260309)
    table = Table("faults")
    for name, fault in FAULTS.items():
        if only in (None, name):
            try:
                fault(options, table)
            except (AssertionError, OSError) as e:
                table.bar(name, f"{type(e).__name__}: {str(e)[:300]}", False)
    return table.end()


if __name__ == "__main__":
    sys.exit(main())
