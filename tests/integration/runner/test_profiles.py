"""What a submission finds in each profile: its libraries, warm, and its own alone."""

import re
from datetime import datetime
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from runner.docker import DockerSandbox
from runner.environments import Environments
from runner.harness.preload import PRELOADED
from runner.job import Profile
from runner.libraries import REQUIREMENTS, lock
from runner.process import ProcessSandbox
from runner.report import CaseReport, Reason
from runner.sandbox import Sandbox
from runner.tables import array, frame, series
from runner.verdict import Verdict
from tests.integration.runner.given import LIMITS, calls, case_of, report_of

pytestmark = pytest.mark.docker
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)
ASKED = re.compile(r"^([A-Za-z].*)$", re.MULTILINE)
IMPORTED_AS = {
    "beautifulsoup4": "bs4",
    "check-jsonschema": "check_jsonschema",
    "dockerfile-parse": "dockerfile_parse",
    "grafana-foundation-sdk": "grafana_foundation_sdk",
    "grpcio": "grpc",
    "prometheus-client": "prometheus_client",
    "protobuf": "google.protobuf",
    "pyjwt": "jwt",
    "pytest-asyncio": "pytest_asyncio",
    "python-dateutil": "dateutil",
    "python-multipart": "python_multipart",
    "pyyaml": "yaml",
    "scikit-learn": "sklearn",
}
"""Where the name of the module is not the one of its library."""
LIBRARIES = {
    Profile.BASE: "sandbox-base",
    Profile.DATA: "sandbox-data",
    Profile.WEB: "sandbox-web",
    Profile.ML: "sandbox-ml",
}


@pytest.fixture(params=["docker", "pooled"])
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    found: Sandbox = request.getfixturevalue(f"{request.param}_sandbox")
    return found


def modules(name: str) -> list[str]:
    """Of what a profile's `.in` asks for, and of those that it builds on."""
    text = (REQUIREMENTS / f"{name}.in").read_text("utf-8")
    built_on = re.findall(r"^-r (\S+)\.in$", text, re.MULTILINE)
    asked = [found.lower() for found in ASKED.findall(text)]
    return [IMPORTED_AS.get(one, one) for one in asked] + [
        module for below in built_on for module in modules(below)
    ]


async def judged(
    sandbox: Sandbox, profile: Profile, source: str, returns: object, **more: Any
) -> CaseReport:
    case = calls("answer", returns=returns)
    return await case_of(sandbox, dedent(source), case, profile=profile, **more)


@pytest.mark.parametrize("profile", Profile)
async def test_each_profile_has_what_it_promises(
    docker_sandbox: DockerSandbox, profile: Profile
) -> None:
    source = """
        import importlib
        def answer(names):
            return [name for name in names if not importlib.import_module(name)]
    """
    names = modules(LIBRARIES[profile])
    assert len(names) > 5
    report = await report_of(
        docker_sandbox, source, calls("answer", names, returns=[]), profile=profile
    )
    assert report.verdict is Verdict.ACCEPTED, report.cases[0].error


async def test_versions_are_those_of_the_lock(docker_sandbox: DockerSandbox) -> None:
    pinned = dict(PINNED.findall(lock(Profile.DATA).read_text("utf-8")))
    source = """
        from importlib.metadata import version
        def answer(names):
            return {name: version(name) for name in names}
    """
    names = ["numpy", "pandas", "lxml", "pytest"]
    expected = {name: pinned[name] for name in names}
    report = await report_of(
        docker_sandbox,
        source,
        calls("answer", names, returns=expected),
        profile=Profile.DATA,
    )
    assert report.verdict is Verdict.ACCEPTED, report.cases[0]


@pytest.mark.parametrize("profile", Profile)
async def test_what_is_preloaded_is_there_before_the_first_line(
    sandbox: Sandbox, profile: Profile
) -> None:
    source = f"""
        import sys
        MISSING = [name for name in {PRELOADED[profile]} if name not in sys.modules]
        def answer():
            return MISSING
    """
    case = await judged(sandbox, profile, source, [])
    assert case.verdict is Verdict.ACCEPTED, case


async def test_the_standard_library_comes_first(docker_sandbox: DockerSandbox) -> None:
    source = """
        import json, sys
        def answer():
            site = [i for i, path in enumerate(sys.path) if path.endswith("/site")]
            return [site == [len(sys.path) - 1], "/site/" in json.__file__]
    """
    case = await judged(docker_sandbox, Profile.DATA, source, [True, False])
    assert case.verdict is Verdict.ACCEPTED, case


async def test_a_table_is_worked_on(sandbox: Sandbox) -> None:
    source = """
        import pandas as pd
        def answer():
            frame = pd.DataFrame({"host": ["a", "b", "a"], "ms": [10, 20, 30]})
            return frame.groupby("host")["ms"].sum().to_dict()
    """
    case = await judged(sandbox, Profile.DATA, source, {"a": 40, "b": 20})
    assert case.verdict is Verdict.ACCEPTED, case


async def test_a_model_is_trained(sandbox: Sandbox) -> None:
    source = """
        import numpy as np
        from sklearn.ensemble import RandomForestClassifier
        def answer():
            points = np.arange(40).reshape(-1, 1)
            model = RandomForestClassifier(n_estimators=5, random_state=0)
            return model.fit(points, points[:, 0] > 19).predict([[1], [38]]).tolist()
    """
    case = await judged(sandbox, Profile.ML, source, [False, True])
    assert case.verdict is Verdict.ACCEPTED, case


async def test_a_picture_is_drawn_without_a_screen(sandbox: Sandbox) -> None:
    source = """
        import io
        import matplotlib.pyplot as plt
        def answer():
            figure, axes = plt.subplots()
            axes.plot([1, 2], [3, 4])
            axes.set_title("α")
            plt.savefig(file := io.BytesIO())
            return file.getvalue()[1:4]
    """
    case = await judged(sandbox, Profile.ML, source, b"PNG")
    assert (case.verdict, case.stderr) == (Verdict.ACCEPTED, ""), case


async def test_a_site_answers_on_loopback(sandbox: Sandbox) -> None:
    source = """
        import threading
        from wsgiref.simple_server import WSGIRequestHandler, make_server
        import django, requests
        from django.conf import settings
        from django.core.wsgi import get_wsgi_application
        from django.http import JsonResponse
        from django.urls import path

        def hi(request, name): return JsonResponse({"hi": name})
        urlpatterns = [path("<name>/", hi)]

        class Quiet(WSGIRequestHandler):
            def log_message(self, *told): pass

        def answer():
            settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"])
            django.setup()
            with make_server("127.0.0.1", 0, get_wsgi_application(),
                             handler_class=Quiet) as server:
                threading.Thread(target=server.handle_request).start()
                return requests.get(f"http://127.0.0.1:{server.server_port}/ana/").json()
    """
    case = await judged(sandbox, Profile.WEB, source, {"hi": "ana"})
    assert case.verdict is Verdict.ACCEPTED, case


async def test_an_api_describes_itself(sandbox: Sandbox) -> None:
    source = """
        from fastapi import FastAPI
        from fastapi.testclient import TestClient
        app = FastAPI()

        @app.get("/double/{number}")
        async def double(number: int) -> int:
            return 2 * number

        def answer():
            client = TestClient(app)
            paths = client.get("/openapi.json").json()["paths"]
            return [client.get("/double/21").json(), list(paths)]
    """
    case = await judged(sandbox, Profile.WEB, source, [42, ["/double/{number}"]])
    assert case.verdict is Verdict.ACCEPTED, case


async def test_a_call_of_grpc_answers_on_loopback(sandbox: Sandbox) -> None:
    source = """
        import grpc
        from concurrent.futures import ThreadPoolExecutor

        def answer():
            say = grpc.unary_unary_rpc_method_handler(lambda data, context: data[::-1])
            server = grpc.server(ThreadPoolExecutor(1))
            handler = grpc.method_handlers_generic_handler("echo", {"Say": say})
            server.add_generic_rpc_handlers([handler])
            port = server.add_insecure_port("127.0.0.1:0")
            server.start()
            with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
                told = channel.unary_unary("/echo/Say")(b"abc", timeout=10)
            server.stop(None)
            return told
    """
    # The slower the machine, the more threads gRPC starts to get on.
    roomy = LIMITS.model_copy(update={"processes": 64})
    case = await judged(sandbox, Profile.WEB, source, b"cba", limits=roomy)
    assert case.verdict is Verdict.ACCEPTED, case


async def test_the_seed_of_the_job_is_also_that_of_numpy(sandbox: Sandbox) -> None:
    source = """
        import numpy as np
        def answer():
            return np.random.randint(1000, size=3).tolist()
    """
    seen: dict[int, str] = {}
    for seed in (1, 2, 1):
        case = calls("answer", returns=None)
        told = await case_of(sandbox, source, case, profile=Profile.DATA, seed=seed)
        assert seen.setdefault(seed, told.got) == told.got
    assert seen[1] != seen[2]


async def test_a_library_that_was_changed_is_whole_for_the_next(
    sandbox: Sandbox,
) -> None:
    spoil = """
        import numpy as np
        def answer():
            np.sum = lambda *args: 42
            return int(np.sum([1, 2]))
    """
    honest = "import numpy as np\ndef answer(): return int(np.sum([1, 2]))\n"
    first = await judged(sandbox, Profile.DATA, spoil, 42)
    second = await judged(sandbox, Profile.DATA, honest, 3)
    assert (first.verdict, second.verdict) == (Verdict.ACCEPTED, Verdict.ACCEPTED)


async def test_memory_is_counted_without_the_libraries(sandbox: Sandbox) -> None:
    source = """
        import numpy as np
        def answer(mebibytes):
            return np.ones(mebibytes << 17).nbytes >> 20
    """
    limits = LIMITS.model_copy(update={"memory_mib": 128})
    report = await report_of(
        sandbox,
        source,
        calls("answer", 64, returns=64),
        calls("answer", 256, returns=256),
        profile=Profile.ML,
        limits=limits,
    )
    verdicts = [case.verdict for case in report.cases]
    assert verdicts == [Verdict.ACCEPTED, Verdict.MEMORY_LIMIT], report


async def test_base_stays_small(sandbox: Sandbox) -> None:
    source = """
        import sys
        def answer():
            return sorted({"numpy", "yaml", "pytest", "jsonschema"} & set(sys.modules))
    """
    case = await judged(sandbox, Profile.BASE, source, [])
    assert case.verdict is Verdict.ACCEPTED, case


async def test_process_installs_what_it_needs_from_the_same_lock(
    tmp_path: Path,
) -> None:
    environments = Environments(tmp_path / "libraries")
    sandbox = ProcessSandbox(environments=environments)
    source = "import yaml\ndef answer(): return yaml.safe_load('[1, {a: b}]')\n"
    case = await judged(sandbox, Profile.BASE, source, [1, {"a": "b"}])
    assert case.verdict is Verdict.ACCEPTED, case


DAY = datetime.fromisoformat("2026-01-02")
RETURNED = {
    "pd.DataFrame({'a': [1, 2], 'b': ['x', None]})": frame(
        {"a": [1, 2], "b": ["x", None]}
    ),
    "pd.Series([1.5, float('nan')], name='n')": series([1.5, float("nan")], name="n"),
    "pd.Series(pd.to_datetime(['2026-01-02', None]))": series([DAY, None]),
    "pd.Series([1, None], dtype='Int64')": series([1, None]),
    "pd.Series(['u', 'v', 'u'], dtype='category')": series(["u", "v", "u"]),
    "pd.Series([1, 2], index=pd.MultiIndex.from_tuples([(1, 'a'), (1, 'b')]))": series(
        [1, 2], [(1, "a"), (1, "b")]
    ),
    "np.arange(4).reshape(2, 2)": array([[0, 1], [2, 3]]),
    "np.array(['2026-01-02'], dtype='datetime64[ns]')": array([DAY]),
    "np.array([True, False])": array([True, False]),
    "[pd.DataFrame()]": [frame({})],
    "pd.Series([1], [[pd.Timestamp('2026-01-02')], ['a']])": (
        series([1], [(DAY, "a")])
    ),
    "pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([('a', 'b')]))": frame(
        {("a", "b"): [1]}
    ),
}


@pytest.mark.parametrize(("expression", "expected"), RETURNED.items())
async def test_a_table_comes_back_as_data(
    docker_sandbox: DockerSandbox, expression: str, expected: object
) -> None:
    source = f"import numpy as np, pandas as pd\ndef answer(): return {expression}\n"
    case = await judged(docker_sandbox, Profile.DATA, source, expected)
    assert case.verdict is Verdict.ACCEPTED, case


async def test_a_table_goes_in_as_the_real_thing(sandbox: Sandbox) -> None:
    source = """
        import numpy as np, pandas as pd
        def answer(table, column, grid, *, more):
            assert (type(table), type(column)) == (pd.DataFrame, pd.Series)
            assert (type(grid), type(more)) == (np.ndarray, pd.DataFrame)
            return [int(table["a"].sum()), int(column["y"]), grid.shape, [*more.index]]
    """
    given = [frame({"a": [1, 2]}), series([3, 4], ["x", "y"]), array([[1, 2, 3]])]
    more = {"more": frame({"b": [0]}, ["k"])}
    case = await case_of(
        sandbox,
        source,
        calls("answer", *given, kwargs=more, returns=[3, 4, (1, 3), ["k"]]),
        profile=Profile.DATA,
    )
    assert case.verdict is Verdict.ACCEPTED, case


@pytest.mark.parametrize(
    "expression",
    [
        "np.int64(3)",
        "np.float64(3)",
        "type('Mine', (pd.DataFrame,), {})({'a': [1]})",
        "pd.DataFrame({'a': [object()]})",
        "pd.DataFrame({'a': range(300_000)})",
        "np.zeros((600, 600))",
        "np.array(3)",
        "np.array([1j])",
        "pd.Series([pd.Period('2026-01')])",
    ],
)
async def test_what_is_no_plain_table_is_told(
    docker_sandbox: DockerSandbox, expression: str
) -> None:
    source = f"import numpy as np, pandas as pd\ndef answer(): return {expression}\n"
    case = await judged(docker_sandbox, Profile.DATA, source, None)
    assert case.reason is Reason.NOT_PLAIN_VALUE, case
