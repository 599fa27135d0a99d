"""What a soak job prints: each bar with its figure and whether it was met."""
import os
import sys
import time


class Table:
    def __init__(self, title):
        self.title, self.rows, self.begin = title, [], time.monotonic()

    def bar(self, bar, figure, met):
        self.rows.append((bar, figure, "met" if met else "MISSED"))
        print(f"  .. {bar}: {figure}: {self.rows[-1][2]}", file=sys.stderr, flush=True)

    def figure(self, what, figure):
        """What is worth knowing, and has no bar."""
        self.rows.append((what, figure, ""))

    def skipped(self, bar, why):
        self.rows.append((bar, why, "skipped"))

    def end(self):
        """Prints it; the job's exit code."""
        widths = [max(len(row[i]) for row in self.rows) for i in range(2)]
        print(f"\n{self.title}, {time.monotonic() - self.begin:.0f} s")
        for bar, figure, met in self.rows:
            print(f"  {bar:{widths[0]}}  {figure:{widths[1]}}  {met}".rstrip())
        print("  load of this machine: %.1f, %.1f, %.1f of %d cores" % (*os.getloadavg(), os.cpu_count()), flush=True)
        return 1 if any(row[2] == "MISSED" for row in self.rows) else 0


def percentile(numbers, percent):
    ordered = sorted(numbers)
    return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)]
