import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bot.storage.embedded import EmbeddedServer

STAY = """
import sys
from pathlib import Path
from bot.storage.embedded import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]), durable=False)
server.start()
server.database()
print("up", flush=True)
sys.stdin.read()
server.stop()
"""


@pytest.fixture
def other_bot(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process with the same folder; ends when its standard input does."""
    with subprocess.Popen(
        [sys.executable, "-c", STAY, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        yield process
        if process.poll() is None:
            process.communicate()


def is_up(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def postmaster(folder: Path) -> str:
    (record,) = folder.glob("postgres-*/postmaster.pid")
    return record.read_text().split("\n", 1)[0]


def test_data_is_there_after_a_restart(server: EmbeddedServer) -> None:
    server.start()
    url = server.database()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    server.stop()
    assert not is_up(url)
    server.start()
    assert server.database() == url
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (7,)
    server.stop()
    assert not is_up(url)


def test_only_a_socket_in_a_closed_folder_listens(server: EmbeddedServer) -> None:
    server.start()
    with psycopg.connect(server.database()) as connection:
        row = connection.execute(
            "SELECT current_setting('listen_addresses'),"
            " current_setting('unix_socket_directories'),"
            " current_setting('server_version_num')::int"
        ).fetchone()
    assert row is not None
    addresses, socket_folder, version = row
    assert addresses == ""
    assert Path(socket_folder).stat().st_mode & 0o077 == 0
    assert version >= 150000
    server.stop()


def test_the_last_user_stops_the_server(
    server: EmbeddedServer, other_bot: subprocess.Popen[str]
) -> None:
    server.start()
    url = server.database()
    other_bot.communicate()
    assert is_up(url)
    server.stop()
    assert not is_up(url)


def test_leaving_first_lets_the_other_go_on(
    server: EmbeddedServer, other_bot: subprocess.Popen[str]
) -> None:
    server.start()
    url = server.database()
    server.stop()
    assert is_up(url)
    other_bot.communicate()
    assert not is_up(url)


def test_the_server_of_a_killed_bot_is_used_again_and_then_stopped(
    server: EmbeddedServer, folder: Path, other_bot: subprocess.Popen[str]
) -> None:
    running = postmaster(folder)
    other_bot.kill()
    assert other_bot.wait() == -signal.SIGKILL
    server.start()
    url = server.database()
    assert postmaster(folder) == running
    server.stop()
    assert not is_up(url)


def test_a_killed_server_recovers(
    server: EmbeddedServer, folder: Path, other_bot: subprocess.Popen[str]
) -> None:
    subprocess.run(["kill", "-KILL", postmaster(folder)], check=True)
    other_bot.kill()
    other_bot.wait()
    server.start()
    assert is_up(server.database())
    server.stop()


def test_a_record_with_somebody_elses_number_is_no_server(
    server: EmbeddedServer, folder: Path
) -> None:
    server.start()
    url = server.database()
    (data,) = folder.glob("postgres-*")
    record = (data / "postmaster.pid").read_text()
    server.stop()
    # As after a container's restart: number 1 is alive, and no PostgreSQL.
    (data / "postmaster.pid").write_text("1\n" + record.split("\n", 1)[1])
    server.start()
    assert is_up(url)
    server.stop()
    assert not is_up(url)


def test_a_half_made_cluster_is_made_again(
    server: EmbeddedServer, folder: Path
) -> None:
    server.start()
    (data,) = folder.glob("postgres-*")
    server.stop()
    unfinished = data.with_suffix(".new")
    data.rename(unfinished)
    server.start()
    assert is_up(server.database())
    assert not unfinished.exists()
    server.stop()


def test_a_folder_too_deep_for_a_socket_serves(folder: Path) -> None:
    server = EmbeddedServer(folder / ("o'deep " * 16), durable=False)
    server.start()
    url = server.database()
    assert is_up(url)
    server.stop()
    assert not is_up(url)
    socket_folder = psycopg.conninfo.conninfo_to_dict(url)["host"]
    assert not Path(str(socket_folder)).exists()


def test_stopping_twice_is_stopping_once(server: EmbeddedServer) -> None:
    server.start()
    server.stop()
    server.stop()
