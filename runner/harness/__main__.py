"""Started by path (see `runner.harness.launch`), so it finds its package by itself."""

import sys
from os.path import dirname

ROOT = dirname(dirname(dirname(__file__)))

sys.path.insert(0, ROOT)

from runner.harness import (  # noqa: E402 - needs the path above
    member_warnings,
    preload,
    streams,
    supervisor,
    zygote,
)

# A submission imports the standard library, its profile's and its own folder alone.
sys.path.remove(ROOT)
is_zygote = sys.argv[1:] == [zygote.ARGUMENT]
refused = zygote.apart() if is_zygote else ""
streams.open_streams()
preload.preload()
member_warnings.expect()

if is_zygote:
    zygote.main(refused)
supervisor.main()
