"""The relay, mail servers and browsers of a storm, in processes of their own. Of several hosts each takes its share, as a
load balancer has it: the page from one, the press to the next, and to another where one does not answer."""
import collections
import hashlib
import multiprocessing
import subprocess
import sys
import threading
import time

from asked import index, open_request
from clicks import PAGE_OF_A_DECISION, Browser
from lmtp import LmtpClient
from soak_site import SOURCE, await_that
from storm_plan import requests, written

CONNECTIONS, PROCESSES = 32, 4
BROWSERS, CLICKERS = 8, 2


class Sink:
    def __init__(self, folder):
        self.folder = folder
        command = [sys.executable, SOURCE / "tests/soak/sink.py", folder, "Introduce "]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def flush(self):
        self.process.stdin.write("flush\n")
        self.process.stdin.flush()
        self.process.stdout.readline()

    def ids(self):
        self.flush()
        return collections.Counter(line.split()[0].decode() for line in open(self.folder / "ids", "rb"))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def ask_everybody(options, hosts, sink):
    """Makes the requests and has them mailed; who has been asked."""
    count = requests(options.scale)
    print(f"{count} requests are made and mailed", file=sys.stderr, flush=True)
    hosts[0].run("member add", "somebody@rowan.example", "--name", "Some Body")  # the link key is made
    subprocess.run([options.build / "tests/soak/soak_asked", hosts[0].config, str(count)], check=True)
    for host in hosts:
        host.start()
    hosts[0].await_quiet(1200)
    sink.flush()
    asked = index(sink.folder / "mails")
    assert len(asked) == count, f"{len(asked)} requests were mailed of {count}"
    return asked


def hand_in(ports, path, letters, answered, results):
    """A process of its own: its letters over its share of the connections."""
    taken, refused, again, lock = [], [], [0], threading.Lock()
    waiting = iter(letters)

    def connection():
        client = LmtpClient(ports)
        with open(path, "rb") as mails:
            while True:
                with lock:  # random's seed is everybody's
                    letter = next(waiting, None)
                    if letter is None:
                        return client.close()
                    sender, recipient, octets = written(letter, mails)
                code, times = client.deliver_at_last(sender, recipient, octets)
                with lock, answered.get_lock():
                    answered.value += 1
                    again[0] += times
                    (taken if code == 250 else refused).append((hashlib.sha256(octets).hexdigest(), code, letter.kind))
    threads = [threading.Thread(target=connection) for _ in range(CONNECTIONS // PROCESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put((taken, refused, again[0]))


def click(hosts, path, clicks, results):
    """A process of its own: opens each link and presses, every twentieth twice."""
    times, failed, lock, waiting = [], [], threading.Lock(), iter(enumerate(clicks))

    def person(number):
        with open(path, "rb") as mails:
            browser = Browser(hosts, f"192.0.2.{number}")
            while True:
                with lock:
                    n, (kind, asked) = next(waiting, (None, (None, None)))
                if n is None:
                    return browser.close()
                token, action = open_request(mails, asked).token, kind.split()[1]
                try:
                    form = browser.open(token, action)
                    begin = time.monotonic()
                    statuses = [browser.press(token, form) for _ in range(2 if n % 20 == 0 else 1)]
                    times.append(time.monotonic() - begin)
                    good = set(statuses) == {PAGE_OF_A_DECISION}
                except (OSError, AssertionError) as e:
                    good, statuses = False, str(e)
                if not good:
                    failed.append((asked.address, kind, statuses))
    threads = [threading.Thread(target=person, args=(n + 1,)) for n in range(BROWSERS // CLICKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put((times, failed))


def shares(everything, count):
    return [everything[i::count] for i in range(count)]


class Storm:
    def __init__(self, hosts, sink, plan):
        self.hosts, self.plan, self.path = hosts, plan, sink.folder / "mails"
        self.answered, self.letters, self.clicks = multiprocessing.Value("i", 0), multiprocessing.Queue(), multiprocessing.Queue()

    def query(self, sql):
        return self.hosts[0].query(sql)

    def await_percent(self, percent, goes_on):
        goal = len(self.plan.letters) * percent // 100
        await_that(lambda: self.answered.value >= goal or not goes_on(), f"{percent} % of the letters", 3000)

    def run(self, at, goes_on=lambda: True):
        """`at`: what is done when so many percent of the letters are in."""
        ports = [host.lmtp for host in self.hosts]
        processes = [multiprocessing.Process(target=hand_in, args=(ports, self.path, share, self.answered, self.letters))
                     for share in shares(self.plan.letters, PROCESSES)]
        processes += [multiprocessing.Process(target=click, args=(self.hosts, self.path, share, self.clicks))
                      for share in shares(self.plan.clicks(), CLICKERS)]
        begin = time.monotonic()
        for process in processes:
            process.start()
        for percent, act in at.items():
            self.await_percent(percent, goes_on)
            act()
        self.await_percent(100, goes_on)
        self.seconds = time.monotonic() - begin
        handed = [self.letters.get() for _ in range(PROCESSES)]
        clicked = [self.clicks.get() for _ in range(CLICKERS)]
        for process in processes:
            process.join()
        self.taken, self.refused = [sum((part[i] for part in handed), []) for i in (0, 1)]
        self.again = sum(part[2] for part in handed)
        self.times, self.failed = [sum((part[i] for part in clicked), []) for i in (0, 1)]
