"""A small DNS server that answers everything, and remembers what it was asked.

Each name has the address that `address_of` says. Scripts change what single names answer.
"""

import collections
import hashlib
import socket
import struct
import threading

import dns.flags
import dns.message
import dns.rrset

from .ports import free_port

A, TXT, AAAA = 1, 16, 28


def address_of(name):
    """The address of a name: any, but always the same."""
    digest = hashlib.blake2s(name.lower().rstrip(".").encode(), digest_size=3).digest()
    return "10." + ".".join(str(octet) for octet in digest)


class Authority:
    """Answers by UDP and TCP on one loopback port until closed."""

    def __init__(self, ttl=300):
        self.ttl = ttl
        self.asked = collections.Counter()
        self.transports = collections.Counter()
        self.scripts = {}
        self.silent = False
        self.flattens_case = False
        self._datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._datagrams.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 21)
        self._streams = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._streams.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.port = free_port()
        self._datagrams.bind(("127.0.0.1", self.port))
        self._streams.bind(("127.0.0.1", self.port))
        self._streams.listen(64)
        self._open = True
        for work in (self._serve_datagrams, self._serve_streams):
            threading.Thread(target=work, daemon=True).start()

    @property
    def address(self):
        """Address and port, for settings."""
        return f"127.0.0.1:{self.port}"

    def script(self, name, *records, rcode=0, truncate=False, silent=False, authority=()):
        """Has a name answer with records in master-file form, or otherwise unusually."""
        self.scripts[name.lower().rstrip(".")] = (records, rcode, truncate, silent, authority)

    def close(self):
        """Ends both sockets."""
        self._open = False
        for sock in (self._datagrams, self._streams):
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            sock.close()

    def _serve_datagrams(self):
        while self._open:
            try:
                query, peer = self._datagrams.recvfrom(65535)
                answer = self._answer(query, "udp")
                if answer is not None:
                    self._datagrams.sendto(answer, peer)
            except OSError:
                if not self._open:
                    return

    def _serve_streams(self):
        while self._open:
            try:
                stream, _ = self._streams.accept()
            except OSError:
                return
            threading.Thread(target=self._serve_stream, args=(stream,), daemon=True).start()

    def _serve_stream(self, stream):
        with stream, stream.makefile("rb") as reader:
            while head := reader.read(2):
                query = reader.read(struct.unpack("!H", head)[0])
                answer = self._answer(query, "tcp")
                if answer is None:
                    return
                stream.sendall(struct.pack("!H", len(answer)) + answer)

    def _answer(self, query, transport):
        if len(query) < 17:
            return None
        end, labels = 12, []
        while query[end]:
            labels.append(query[end + 1 : end + 1 + query[end]])
            end += 1 + query[end]
        name = b".".join(labels).decode("latin-1").lower()
        kind = struct.unpack_from("!H", query, end + 1)[0]
        self.asked[name, kind] += 1
        self.transports[transport] += 1
        if self.silent:
            return None
        if name in self.scripts:
            return self._scripted(query, self.scripts[name], transport)
        data = {A: self._a, AAAA: self._aaaa, TXT: self._txt}.get(kind)
        head = query[:2] + struct.pack("!HHHHH", 0x8580, 1, 1 if data else 0, 0, 0)
        body = query[12 : end + 5]
        if self.flattens_case and transport == "udp":
            body = body[:-4].lower() + body[-4:]
        if data:
            octets = data(name)
            body += struct.pack("!HHHIH", 0xC00C, kind, 1, self.ttl, len(octets)) + octets
        return head + body

    @staticmethod
    def _a(name):
        return socket.inet_aton(address_of(name))

    @staticmethod
    def _aaaa(name):
        return b"\xfd" + bytes(11) + socket.inet_aton(address_of(name))

    @staticmethod
    def _txt(name):
        text = name.encode("latin-1")[:255]
        return bytes([len(text)]) + text

    @staticmethod
    def _scripted(query, script, transport):
        records, rcode, truncate, silent, authority = script
        if silent:
            return None
        asked = dns.message.from_wire(query, ignore_trailing=True)
        answer = dns.message.make_response(asked, recursion_available=True)
        answer.set_rcode(rcode)
        if truncate and transport == "udp":
            answer.flags |= dns.flags.TC
            return answer.to_wire()
        for record in records:
            answer.answer.append(dns.rrset.from_text(*record.split(None, 4)))
        for record in authority:
            answer.authority.append(dns.rrset.from_text(*record.split(None, 4)))
        whole = answer.to_wire(max_size=65535)
        if transport == "tcp" or len(whole) <= max(512, asked.payload):
            return whole
        for section in answer.sections[1:]:
            section.clear()
        answer.flags |= dns.flags.TC
        return answer.to_wire()

    def count(self, name, kind=A):
        """How often a name was asked for."""
        return self.asked[name.lower().rstrip("."), kind]
