"""Waiting for something to become true, with a bound; never for time to pass by itself."""

import time


def until(condition, what, seconds=20.0, pace=0.02):
    """The first true value of a condition.

    The bound only says when to give a test up: it is far above what is expected.
    """
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:g} s: {what}")
        time.sleep(pace)
