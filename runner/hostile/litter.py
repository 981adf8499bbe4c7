"""Programs that leave their folder in a mess, or plant something to be collected."""

from typing import Final

from runner.hostile.program import (
    ACCEPTED,
    LIMITS,
    NO_FILE,
    NO_ROOM,
    OTHER_FILE,
    SHARED,
    Program,
)
from runner.job import Expectation, Run

LIST_FOLDER: Final = """
    import os, shutil, signal, socket, stat, sys
    def observe():
        return sorted(os.listdir())
"""


CLEAN: Final = ["solution.py"]


OUTPUT_FILE: Final = "out/result.txt"


def _litters(name: str, source: str) -> Program:
    return Program(name, ACCEPTED, source, prelude=LIST_FOLDER, observed=CLEAN)


def _plants(name: str, source: str) -> Program:
    """Something that is no plain file stands where the result is collected."""
    return Program(
        name,
        NO_FILE,
        source,
        prelude='import os, socket\nos.mkdir("out")\n',
        action=Run(collect=(OUTPUT_FILE,)),
        expected=Expectation(files={OUTPUT_FILE: "987654321012"}, exit_status=0),
    )


PROGRAMS: Final = (
    _litters(
        "thousands of files",
        """
        def act():
            for number in range(2_000):
                open(f"{number}", "w").close()
            return 987_654_321_012
        """,
    ),
    Program(
        "ten thousand files",
        NO_ROOM,
        """
        def act():
            for number in range(10_000):
                open(f"{number}", "w").close()
            return 987_654_321_012
        """,
        prelude=LIST_FOLDER,
        observed=CLEAN,
        or_gets=ACCEPTED,
        # A busy disk takes seconds for them.
        limits=LIMITS.model_copy(update={"cpu_time_s": 10.0}),
    ),
    _litters(
        "tree deeper than a path may be long",
        """
        def act():
            for _ in range(1_000):
                os.mkdir("deeper")
                os.chdir("deeper")
            return 987_654_321_012
        """,
    ),
    _litters(
        "names in no encoding",
        """
        def act():
            for name in (b"\\xff\\xfe", b"line\\nline", b"\\x1b[31m", b"-rf", b" "):
                open(name, "w").close()
            return 987_654_321_012
        """,
    ),
    _litters(
        "names of the longest kind",
        """
        def act():
            os.makedirs("/".join(["d" * 255] * 12))
            return 987_654_321_012
        """,
    ),
    _litters(
        "links in a circle and out of the folder",
        """
        def act():
            os.symlink("loop", "loop")
            os.symlink("/", "root")
            os.symlink("..", "up")
            os.mkdir("folder")
            os.symlink("../folder", "folder/self")
            return 987_654_321_012
        """,
    ),
    _litters(
        "folders that are shut",
        """
        def act():
            os.makedirs("shut/inner")
            open("shut/inner/file", "w").close()
            os.chmod("shut/inner", 0)
            os.chmod("shut", 0)
            os.chmod("..", 0)
            return 987_654_321_012
        """,
    ),
    _litters(
        "pipes and sockets with names",
        """
        def act():
            os.mkfifo("pipe")
            with socket.socket(socket.AF_UNIX) as one:
                one.bind("socket")
            return 987_654_321_012
        """,
    ),
    _litters(
        "its own folder removed",
        """
        def act():
            shutil.rmtree(os.getcwd())
            return 987_654_321_012
        """,
    ),
    _litters(
        "its own folder moved away",
        """
        def act():
            os.rename(os.getcwd(), "../elsewhere")
            return 987_654_321_012
        """,
    ),
    _litters(
        "its own folder replaced by a link",
        """
        def act():
            os.rename(os.getcwd(), "../elsewhere")
            os.symlink("/etc", "../work")
            return 987_654_321_012
        """,
    ),
    _litters(
        "deleted file kept open",
        """
        def act():
            kept = open("file", "w")
            os.unlink("file")
            kept.write("x" * 100_000)
            os.fork() or signal.pause()
            return 987_654_321_012
        """,
    ),
    Program(
        "input deleted, then read by the next case",
        ACCEPTED,
        """
        import os
        def act():
            os.unlink("data/input.txt")
            os.unlink("solution.py")
            return 987_654_321_012
        def observe():
            return open("data/input.txt").read()
        """,
        data={"input.txt": b"as it was"},
        observed="as it was",
    ),
    Program(
        "input changed, then read by the next case",
        ACCEPTED,
        """
        def act():
            with open("data/input.txt", "w") as file:
                file.write("other")
            return 987_654_321_012
        def observe():
            return open("data/input.txt").read()
        """,
        data={"input.txt": b"as it was"},
        observed="as it was",
    ),
    Program(
        "note left in the folders that all share",
        ACCEPTED,
        """
        import os
        PLACES = [f"{folder}/note-{os.path.dirname(os.getcwd()).replace('/', '-')[:-1]}"
                  for folder in ("/tmp", "/dev/shm")]
        def act():
            for place in PLACES:
                try:
                    open(place, "w").close()
                except OSError:
                    continue
            return 987_654_321_012
        def observe():
            found = [place for place in PLACES if os.path.exists(place)]
            for place in found:
                os.unlink(place)
            return found
        """,
        observed=[],
        open_on_process=SHARED,
    ),
    _plants(
        "link to a file of the system as the result",
        f"""
        os.symlink("/etc/passwd", "{OUTPUT_FILE}")
        """,
    ),
    _plants(
        "link to a device as the result",
        f"""
        os.symlink("/dev/zero", "{OUTPUT_FILE}")
        """,
    ),
    _plants(
        "link to the channel as the result",
        f"""
        os.symlink("/proc/self/fd/0", "{OUTPUT_FILE}")
        """,
    ),
    _plants(
        "folder on the way to the result is a link",
        """
        os.rmdir("out")
        os.mkdir("real")
        open("real/result.txt", "w").write("987654321012")
        os.symlink("real", "out")
        """,
    ),
    _plants(
        "named pipe as the result",
        f"""
        os.mkfifo("{OUTPUT_FILE}")
        """,
    ),
    _plants(
        "socket as the result",
        f"""
        socket.socket(socket.AF_UNIX).bind("{OUTPUT_FILE}")
        """,
    ),
    _plants(
        "folder as the result",
        f"""
        os.mkdir("{OUTPUT_FILE}")
        """,
    ),
    _plants(
        "no result at all",
        """
        """,
    ),
    Program(
        "result that is a second name of its source",
        OTHER_FILE,
        f"""
        import os
        os.mkdir("out")
        os.link("solution.py", "{OUTPUT_FILE}")
        """,
        action=Run(collect=(OUTPUT_FILE,)),
        expected=Expectation(files={OUTPUT_FILE: "987654321012"}, exit_status=0),
    ),
    Program(
        "result in no encoding",
        OTHER_FILE,
        f"""
        import os
        os.mkdir("out")
        open("{OUTPUT_FILE}", "wb").write(bytes(range(256)) * 1000)
        """,
        action=Run(collect=(OUTPUT_FILE,)),
        expected=Expectation(files={OUTPUT_FILE: "987654321012"}, exit_status=0),
    ),
)
