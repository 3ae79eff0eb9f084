"""A thin, long line between two programs of this machine: a relay that lets bytes through as slowly as asked, and late.

Each way carries so many bits a second, shared by all connections, and each byte arrives half a round trip after it was
sent. A new connection costs a round trip of its own, as setting one up does. It has no TLS, and loses nothing.
"""

import queue
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

PACKET = 1_400


@dataclass
class Way:
    """One way of the line; ``carried`` counts its bytes."""

    bits: int
    late: float
    free_at: float = 0.0
    carried: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def arrives_at(self, size: int) -> float:
        """When a packet of this size that is sent now will have arrived."""
        with self.lock:
            self.free_at = max(time.monotonic(), self.free_at) + size * 8 / self.bits
            self.carried += size
            return self.free_at + self.late

    def carry(self, source: socket.socket, target: socket.socket) -> None:
        """Bring all that comes from ``source`` to ``target``, until it ends."""
        under_way: queue.Queue[tuple[float, bytes]] = queue.Queue()
        threading.Thread(target=_deliver, args=(under_way, target), daemon=True).start()
        packet = b"-"
        while packet:
            packet = b""
            with suppress(OSError):
                packet = source.recv(PACKET)
            under_way.put((self.arrives_at(len(packet)), packet))


def _deliver(under_way: "queue.Queue[tuple[float, bytes]]", target: socket.socket) -> None:
    packet = b"-"
    while packet:
        at, packet = under_way.get()
        time.sleep(max(0.0, at - time.monotonic()))
        with suppress(OSError):
            target.sendall(packet) if packet else target.shutdown(socket.SHUT_WR)


@contextmanager
def thin_line(port: int, *, bits: int, round_trip: float) -> Iterator[tuple[int, Way, Way]]:
    """A line to what listens on ``port``: the port at its far end, the way there, the way back."""
    there, back = Way(bits, round_trip / 2), Way(bits, round_trip / 2)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    phone, _address = listening.accept()
                    threading.Thread(target=connect, args=(phone,), daemon=True).start()

        def connect(phone: socket.socket) -> None:
            time.sleep(round_trip)
            server = socket.create_connection(("127.0.0.1", port))
            threading.Thread(target=back.carry, args=(server, phone), daemon=True).start()
            there.carry(phone, server)

        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1], there, back
