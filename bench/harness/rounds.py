"""Runs contestants in turn, A B B A, and leaves out what others disturbed."""

import statistics
import sys
import time

from harness import machine

MOST_OF_OTHERS = 0.10
TRIES = 3
LOOKS = 30


class Contestant:
    """Somebody who does the work: role is subject, floor or peer; work() returns figures by name."""

    def __init__(self, name, role, work):
        self.name, self.role, self.work = name, role, work
        self.rounds = []

    def values(self, figure):
        return [one[figure] for one in self.rounds if figure in one]

    def median(self, figure):
        return statistics.median(self.values(figure))


class Rounds:
    """How often to measure, and what was left out."""

    def __init__(self, quick=False, noisy=False):
        self.noisy, self.discarded, self.disturbed = noisy, 0, 0
        self._most = 2 if quick else 5

    def undisturbed(self, work):
        """What work() returns, measured again where other processes used a tenth of a core; at most three times."""
        for attempt in range(1, TRIES + 1):
            self._await_quiet()
            others, began = machine.others_seconds(), time.monotonic()
            figures = work()
            used = (machine.others_seconds() - others) / (time.monotonic() - began)
            if used <= MOST_OF_OTHERS:
                return figures
            print(f"    others used {used:.2f} cores", file=sys.stderr)
            if attempt == TRIES or self.noisy:
                self.disturbed += 1
                return figures
            self.discarded += 1

    def _await_quiet(self):
        """Waits a minute at most for others to end what they do."""
        for _ in range(0 if self.noisy else LOOKS):
            others = machine.others_seconds()
            time.sleep(2)
            if (machine.others_seconds() - others) / 2 <= MOST_OF_OTHERS:
                return

    def compare(self, contestants, close=lambda: False):
        """Two rounds there and back; three more where close() says that a ratio is near its goal, and there is time."""
        for number in range(self._most):
            if number == 2 and not close():
                break
            for one in contestants if number % 2 == 0 else reversed(contestants):
                figures = self.undisturbed(one.work)
                one.rounds.append(figures)
                shown = ", ".join(f"{name} {value:.2f}" for name, value in figures.items())
                print(f"  round {number + 1}, {one.name}: {shown}", file=sys.stderr)

    def summary(self):
        return {"discarded": self.discarded, "disturbed": self.disturbed}


def near(ratio, goal):
    """Whether a ratio is within twice its goal, either way."""
    return goal / 2 <= ratio <= goal * 2
