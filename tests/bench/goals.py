"""What the benches share: goals and whether they were met, and what a child process has used."""
import json
import os
import resource
import statistics
import subprocess
import sys
import time

GROWTH = 1.3  # of the cost of one item, from a tenth of the number or size to the whole

missed = []


def judge(good, what):
    if not good:
        missed.append(what)
    return "" if good else "  <- missed"


def finish():
    print("load of this machine meanwhile: %.1f of %d cores" % (os.getloadavg()[0], os.cpu_count()))
    if missed:
        sys.exit("missed: " + "; ".join(missed))


def medians(rounds):
    """[{key: number}, ...] -> {key: median}; keys that one round lacks are left out."""
    return {key: statistics.median(row[key] for row in rounds) for key in rounds[0] if all(key in row for row in rounds)}


def peer_of(command, **environment):
    """The one number that a peer prints."""
    run = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=True)
    return float(run.stdout)


def run_google_bench(program, filter_, report, **environment):
    subprocess.run([program, f"--benchmark_filter={filter_}", "--benchmark_min_time=0.1", f"--benchmark_out={report}",
                    "--benchmark_out_format=json"],
                   env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return json.loads(report.read_text())["benchmarks"]


def microseconds(row):
    return row["cpu_time"] * {"us": 1, "ms": 1000}[row["time_unit"]]


def measured(command):
    """Runs it to its end: seconds on the wall, and of CPU."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": time.monotonic() - begin, "cpu": cpu}


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mb(pid):
    with open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6
