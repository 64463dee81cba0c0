"""Other resolvers with the same list, each configured as its manual advises for many rules.

Unbound's two ways are in servers.py.
"""

import itertools
import pathlib
import re
import time

import constant_database
from names import append_lines, write_lines
from servers import Server


def write_policy_zone(path: pathlib.Path, names):
    """A response policy zone that denies each name and all below it."""
    head = ["$TTL 60", "@ SOA localhost. root.localhost. 1 3600 600 86400 60", "@ NS localhost."]
    write_lines(path, head)
    with path.open("a", encoding="ascii") as file:
        for name in names:
            file.write(f"{name} CNAME .\n*.{name} CNAME .\n")


class Recursor(Server):
    title = "PowerDNS Recursor, RPZ"
    program = "/usr/sbin/pdns_recursor"

    def append(self, name):
        append_lines(self.folder / "rpz.zone", [f"{name} CNAME .", f"*.{name} CNAME ."])

    def add_rule(self, nursery, name):
        started = time.monotonic()
        self.append(name)
        # What it answered for the name before is kept by it, rules or no rules.
        for verb in (["reload-lua-config"], ["wipe-cache", name]):
            nursery.run(
                ["/usr/bin/rec_control", "--timeout=120", f"--config-dir={self.folder}",
                 f"--socket-dir={self.folder}", *verb])
        return time.monotonic() - started

    def prepare(self, nursery, rules, names):
        write_policy_zone(self.folder / "rpz.zone", names)

    def command(self, with_rules):
        lua = self.folder / "policy.lua"
        zone = f'rpzFile("{self.folder}/rpz.zone", {{policyName="list"}})\n' if with_rules else ""
        lua.write_text(zone)
        (self.folder / "recursor.conf").write_text(f"""
local-address=127.0.0.1
local-port={self.port}
socket-dir={self.folder}
threads={self.workers}
reuseport=yes
pdns-distributes-queries=no
dnssec=off
daemon=no
write-pid=no
quiet=yes
loglevel=3
hint-file=no
security-poll-suffix=
forward-zones-recurse=.=127.0.0.1:{self.upstream}
lua-config-file={lua}
""")
        return [self.program, f"--config-dir={self.folder}"], {}


class Bind(Server):
    title = "BIND, RPZ"
    program = "/usr/sbin/named"

    def append(self, name):
        # It takes a zone for changed by its serial number alone.
        path = self.folder / "rpz.zone"
        text = path.read_text("ascii")
        raised = re.sub(r"localhost\. (\d+) 3600", lambda m: f"localhost. {int(m[1]) + 1} 3600",
                        text[:200])
        path.write_text(raised + text[200:], "ascii")
        append_lines(path, [f"{name} CNAME .", f"*.{name} CNAME ."])

    def add_rule(self, nursery, name):
        return self.signal_reload(name)

    def prepare(self, nursery, rules, names):
        write_policy_zone(self.folder / "rpz.zone", names)

    def command(self, with_rules):
        policy = 'response-policy { zone "rpz.invalid"; } qname-wait-recurse no;'
        zone = 'zone "rpz.invalid" { type primary; file "rpz.zone"; allow-query { none; }; };'
        (self.folder / "named.conf").write_text(f"""
options {{
  directory "{self.folder}"; pid-file none; session-keyfile none;
  listen-on port {self.port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};
  recursion yes; forward only; forwarders {{ 127.0.0.1 port {self.upstream}; }};
  dnssec-validation no; minimal-responses yes;
  {policy if with_rules else ""}
}};
controls {{ }};
logging {{ category default {{ null; }}; category queries {{ null; }}; }};
{zone if with_rules else ""}
""")
        return [self.program, "-f", "-n", str(self.workers), "-c",
                str(self.folder / "named.conf")], {}


class Knot(Server):
    title = "Knot Resolver, RPZ"
    program = "/usr/sbin/kresd"
    # Its workers are processes; this measures one.
    workers_possible = 1

    def append(self, name):
        append_lines(self.folder / "rpz.zone", [f"{name} CNAME .", f"*.{name} CNAME ."])

    def prepare(self, nursery, rules, names):
        # A name's wildcard does not stand for the name itself.
        write_policy_zone(self.folder / "rpz.zone", names)

    def command(self, with_rules):
        rule = f"policy.add(policy.rpz(policy.DENY, '{self.folder}/rpz.zone', false))"
        (self.folder / "kresd.conf").write_text(f"""
net.listen('127.0.0.1', {self.port}, {{ kind = 'dns' }})
trust_anchors.remove('.')
modules = {{ 'policy' }}
cache.size = 64 * MB
{rule if with_rules else ""}
policy.add(policy.all(policy.FORWARD('127.0.0.1@{self.upstream}')))
""")
        return [self.program, "-n", "-c", str(self.folder / "kresd.conf"), str(self.folder)], {}


class Dnsmasq(Server):
    title = "dnsmasq"
    program = "/usr/sbin/dnsmasq"
    workers_possible = 1

    def append(self, name):
        append_lines(self.folder / "rules.conf", [f"address=/{name}/"])

    def prepare(self, nursery, rules, names):
        write_lines(self.folder / "rules.conf", (f"address=/{name}/" for name in names))

    def command(self, with_rules):
        rules = [f"--conf-file={self.folder}/rules.conf"] if with_rules else ["--conf-file="]
        return [self.program, "--keep-in-foreground", f"--port={self.port}",
                "--listen-address=127.0.0.1", "--bind-interfaces", "--no-resolv", "--no-hosts",
                "--cache-size=10000", f"--server=127.0.0.1#{self.upstream}", "--user=root",
                "--pid-file=", "--dns-forward-max=10000", *rules], {}


class Dnsdist(Server):
    """What both ways to give dnsdist a list share."""

    program = "/usr/bin/dnsdist"
    rules_clause = ""

    def command(self, with_rules):
        listen = "\n".join(
            f'{"set" if at == 0 else "add"}Local("127.0.0.1:{self.port}", {{reusePort=true}})'
            for at in range(self.workers))
        clause = self.rules_clause.format(folder=self.folder) if with_rules else ""
        (self.folder / "dnsdist.conf").write_text(f"""
{listen}
setSecurityPollSuffix("")
newServer({{address="127.0.0.1:{self.upstream}", checkInterval=60, healthCheckMode="up"}})
getPool(""):setCache(newPacketCache(100000))
{clause}
""")
        return [self.program, "--supervised", "--disable-syslog", "-C",
                str(self.folder / "dnsdist.conf")], {}


class DnsdistSuffixes(Dnsdist):
    title = "dnsdist, SuffixMatch"
    rules_clause = (
        "local list = newSuffixMatchNode()\n"
        'for name in io.lines("{folder}/rules.txt") do list:add(newDNSName(name)) end\n'
        "addAction(SuffixMatchNodeRule(list), RCodeAction(DNSRCode.NXDOMAIN))")

    def prepare(self, nursery, rules, names):
        write_lines(self.folder / "rules.txt", names)

    def append(self, name):
        append_lines(self.folder / "rules.txt", [name])


class DnsdistDatabase(Dnsdist):
    title = "dnsdist, CDB"
    rules_clause = (
        'local list = newCDBKVStore("{folder}/rules.cdb", 3600)\n'
        "addAction(KeyValueStoreLookupRule(list, KeyValueLookupKeySuffix(2, true)),"
        " RCodeAction(DNSRCode.NXDOMAIN))")

    def prepare(self, nursery, rules, names):
        self.names, self.added = names, []
        self._write()

    def append(self, name):
        self.added.append(name)
        self._write()

    def _write(self):
        def wire(name: str) -> bytes:
            labels = (bytes([len(part)]) + part.encode() for part in name.split("."))
            return b"".join(labels) + b"\0"

        # Beside the one in use, which is mapped.
        new = self.folder / "rules.new"
        names = itertools.chain(self.names, self.added)
        constant_database.write(new, (wire(name) for name in names))
        new.replace(self.folder / "rules.cdb")


ALL = [Recursor, Bind, Knot, Dnsmasq, DnsdistSuffixes, DnsdistDatabase]
