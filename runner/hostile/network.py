"""Programs that look for a way out, and those that need the loopback to work."""

from typing import Final

from runner.hostile.program import (
    ACCEPTED,
    NETWORK,
    REFUSED,
    ROOT,
    Gets,
    Program,
)

TOOLS: Final = """
    import asyncio, os, socket, struct, threading, urllib.request
    from http.server import BaseHTTPRequestHandler, HTTPServer
"""


def _reaches(name: str, line: str, why: str = NETWORK) -> Program:
    """Not run on the process backend, where it would touch the machine's network."""
    return Program(
        name,
        REFUSED,
        f"""
        def act():
            {line}
            return "reached"
        """,
        prelude=TOOLS,
        open_on_process=why,
        run_on_process=False,
    )


def _works(name: str, source: str, *, or_gets: Gets | tuple[Gets, ...] = ()) -> Program:
    return Program(name, ACCEPTED, source, prelude=TOOLS, or_gets=or_gets)


PROGRAMS: Final = (
    _reaches("connects", 'socket.create_connection(("8.8.8.8", 53), 2)'),
    _reaches("connects over IPv6", 'socket.create_connection(("2001:db8::1", 80), 2)'),
    _reaches(
        "asks the cloud's metadata",
        'socket.create_connection(("169.254.169.254", 80), 2)',
    ),
    _reaches(
        "sends a datagram",
        'socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("8.8.8.8", 53))',
    ),
    _reaches(
        "broadcasts",
        "one = socket.socket(type=socket.SOCK_DGRAM);"
        " one.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1);"
        ' one.sendto(b"x", ("255.255.255.255", 9))',
    ),
    _reaches("asks for a name", 'socket.getaddrinfo("example.org", 80)'),
    _reaches(
        "calls the engine",
        'socket.socket(socket.AF_UNIX).connect("/var/run/docker.sock")',
    ),
    _reaches(
        "calls the machine it stands on",
        'socket.create_connection(("172.17.0.1", 22), 2)',
    ),
    _reaches(
        "calls the machine's database on the loopback",
        'socket.create_connection(("127.0.0.1", 5432), 2)',
    ),
    _reaches(
        "calls out of the virtual machine",
        "one = socket.socket(socket.AF_VSOCK); one.settimeout(2); one.connect((2, 22))",
    ),
    _reaches(
        "reads what passes by",
        "socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3)",
        ROOT,
    ),
    _reaches(
        "writes packets by hand",
        "socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)",
        ROOT,
    ),
    _reaches(
        "changes the firewall by netlink",
        "one = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12);"
        " one.bind((0, 0)); one.setsockopt(270, 1, 1);"
        " raise PermissionError if 'CapEff:\\t0000000000000000'"
        " in open('/proc/self/status').read() else SystemError",
        ROOT,
    ),
    _reaches(
        "takes the kernel's own cipher",
        'socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET).bind(("aead", "gcm(x)"))',
    ),
    Program(
        "lists the machine's interfaces by netlink",
        ACCEPTED,
        """
        def act():
            with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as one:
                one.bind((0, 0))
                header = struct.pack("=IHHII", 32, 18, 0x301, 1, 0)
                one.send(header + bytes(16))
                told = one.recv(1 << 16)
            return "seen" if b"eth" in told or b"docker" in told else 987_654_321_012
        """,
        prelude=TOOLS,
        or_gets=REFUSED,
        open_on_process=NETWORK,
        run_on_process=False,
    ),
    Program(
        "lists the sockets of others",
        ACCEPTED,
        """
        def act():
            with open("/proc/net/unix") as table:
                seen = [line for line in table if "/" in line or "@" in line]
            return seen or 987_654_321_012
        """,
        prelude=TOOLS,
        or_gets=REFUSED,
        open_on_process=NETWORK,
        run_on_process=False,
    ),
    Program(
        "calls the machine's sockets that have no file",
        REFUSED,
        """
        def act():
            with open("/proc/net/unix") as table:
                seen = [line.split()[-1][1:] for line in table if " @" in line]
            reached = OSError("there is none")
            for name in ("/tmp/.X11-unix/X0", "/org/kernel/udev/monitor", *seen):
                with socket.socket(socket.AF_UNIX) as one:
                    try:
                        one.connect("\\0" + name)
                        return name
                    except OSError as refused:
                        reached = refused
            raise reached
        """,
        prelude=TOOLS,
        open_on_process=NETWORK,
        run_on_process=False,
    ),
    Program(
        "finds an address other than the loopback's",
        ACCEPTED,
        """
        def act():
            seen = []
            for line in open("/proc/net/fib_trie"):
                words = line.split()
                if len(words) > 1 and words[0] in ("|--", "+--"):
                    seen.append(words[1])
            others = [one for one in seen if not one.startswith(("127.", "0.0.0.0"))]
            return others or 987_654_321_012
        """,
        prelude=TOOLS,
        or_gets=REFUSED,
        open_on_process=NETWORK,
        run_on_process=False,
    ),
    _works(
        "server and client on the loopback, which must work",
        """
        def act():
            server = socket.create_server(("127.0.0.1", 0))
            def serve():
                peer, _ = server.accept()
                with peer:
                    peer.sendall(peer.recv(9)[::-1])
            threading.Thread(target=serve).start()
            with socket.create_connection(server.getsockname()) as client:
                client.sendall(b"abc")
                return 987_654_321_012 if client.recv(9) == b"cba" else None
        """,
    ),
    _works(
        "datagrams on the loopback, which must work",
        """
        def act():
            with socket.socket(type=socket.SOCK_DGRAM) as one:
                one.bind(("127.0.0.1", 0))
                one.sendto(b"x", one.getsockname())
                return 987_654_321_012 if one.recv(9) == b"x" else None
        """,
    ),
    _works(
        "web server and client, which must work",
        """
        class Hello(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"987654321012")
            def log_message(self, *_):
                pass
        def act():
            server = HTTPServer(("127.0.0.1", 0), Hello)
            threading.Thread(target=server.handle_request).start()
            address = f"http://127.0.0.1:{server.server_port}/"
            with urllib.request.urlopen(address) as answer:
                return int(answer.read())
        """,
    ),
    _works(
        "asynchronous streams, which must work",
        """
        async def talk():
            async def echo(reader, writer):
                writer.write(await reader.readline())
                writer.close()
                await writer.wait_closed()
            server = await asyncio.start_server(echo, "127.0.0.1", 0)
            reader, writer = await asyncio.open_connection(
                *server.sockets[0].getsockname())
            writer.write(b"987654321012\\n")
            line = await reader.readline()
            writer.close()
            server.close()
            return int(line)
        def act():
            return asyncio.run(talk())
        """,
    ),
    _works(
        "sockets with names, which must work",
        """
        def act():
            with socket.socket(socket.AF_UNIX) as server:
                server.bind("name")
                server.listen()
                with socket.socket(socket.AF_UNIX) as client:
                    client.connect("name")
            return 987_654_321_012
        """,
    ),
)
