"""Orders in JSON, with dates around today."""

import datetime
import json

from .program import SAMPLE


def moment(**later):
    """A moment so much later than now, as the program reads it."""
    when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(**later)
    return when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{when.microsecond // 1000:03}Z"


def seconds_since_1970(text):
    """The number of a moment in text."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def order(name_of_order, *names, scope="subtree", **terms):
    """An order that took effect yesterday and lasts a year, with other terms as given.

    The first name is the order's own, its reference. A target may be a pair of name and scope.
    A term of None is left out.
    """
    pairs = [name if isinstance(name, tuple) else (name, scope) for name in names]
    made = {
        "reference": name_of_order,
        "authority": "Example Financial Supervisor",
        "jurisdiction": "XX",
        "basis": "Sample Act s. 1",
        "issued": moment(days=-3)[:10],
        "effective": moment(days=-1),
        "expires": moment(days=365),
        "contact": "orders@supervisor.example",
        "targets": [{"name": name, "scope": scope} for name, scope in pairs],
        **terms,
    }
    return {key: value for key, value in made.items() if value is not None}


def sample():
    """The sample order of the project, with dates around today so that it never runs out."""
    made = json.loads(SAMPLE.read_text("utf-8"))
    made.update(
        issued=moment(days=-3)[:10], effective=moment(days=-1), expires=moment(days=365))
    return made
