"""How soon a model's first word is there after an answer was sent, beyond the time that the model itself takes."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from benchmarks.programs import HERE, environment
from benchmarks.stats import p95
from benchmarks.table import Row, at_most

TURNS = 60
WHO = ("session", "bare")
SLOW_MODEL = (sys.executable, "-u", str(HERE / "slow_model.py"))
_CODE = f"import benchmarks.talking as t; t.talk({TURNS})"


def rows(work: Path) -> Iterator[Row]:
    """The session with its journal, grader and gateway, without a screen; the model is another process."""
    with subprocess.Popen(SLOW_MODEL, stdout=subprocess.PIPE, text=True) as model:
        assert model.stdout
        base = f"http://127.0.0.1:{int(model.stdout.readline())}/v1"
        variables = {
            **environment(work / "talking"),
            "INTERVIEWER_API_BASE": base,
            "INTERVIEWER_INTERVIEWER_MODEL": "slow",
        }
        try:
            done = subprocess.run(
                [sys.executable, "-c", _CODE], env=variables, stdout=subprocess.PIPE, check=True, text=True
            )
        finally:
            model.kill()
        own = [float(line) for line in model.stdout]
    found = [json.loads(line) for line in done.stdout.splitlines()]
    beyond = {who: [(f["seconds"] - own[f["request"]]) * 1000 for f in found if f["who"] == who] for who in WHO}
    cpu = [f["cpu"] * 1000 for f in found if f["who"] == "session"]
    ours, bare = beyond["session"], beyond["bare"]
    details = f"p50 {median(ours):.0f}; a bare socket p50 {median(bare):.0f}, p95 {p95(bare):.0f}"
    yield at_most("submit to first word, beyond the model's time, p95", p95(ours), 60, " ms", details)
    yield Row("CPU from submit to first word", f"p50 {median(cpu):.0f} ms, p95 {p95(cpu):.0f} ms")


def talk(turns: int) -> None:
    """Answer that many times; one line of JSON an answer."""
    asyncio.run(_talk(turns))


async def _talk(turns: int) -> None:
    """A session and a bare socket in turn, so that a busy moment of the machine falls on both."""
    from interviewer.engine import commands as cmd
    from interviewer.engine.events import LineSpoken
    from interviewer.engine.state import Phase
    from interviewer.session import Delta, Session, Update
    from interviewer.workspace import Workspace

    workspace = Workspace()
    requests = 0
    session: Session | None = None
    first: list[tuple[float, float]] = []

    def hear(update: Update) -> None:
        nonlocal requests
        if isinstance(update, Delta) and not first:
            first.append((time.perf_counter(), time.process_time()))
        requests += isinstance(update, LineSpoken)

    for number in range(turns):
        if session is None or session.state.phase is Phase.ENDED:
            opened = workspace.start("hard-05")
            session, session.listener = opened.session, hear
            await session.handle(opened.first)
        first.clear()
        answer = cmd.Submit(f"Number {number}: we kept it simple, measured it, and changed one thing at a time.")
        request, begun, cpu = requests, time.perf_counter(), time.process_time()
        await session.handle(answer)
        _print("session", request, first[0][0] - begun, first[0][1] - cpu)
        _print("bare", requests, await _bare(os.environ["INTERVIEWER_API_BASE"]), 0.0)
        requests += 1


def _print(who: str, request: int, seconds: float, cpu: float) -> None:
    print(json.dumps({"who": who, "request": request, "seconds": seconds, "cpu": cpu}))


async def _bare(base: str) -> float:
    """Seconds from a request to the first piece of its reply, read to its end."""
    begun = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(base).port)
    writer.write(b"POST /v1/chat/completions HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}")
    await reader.readuntil(b"data:")
    seconds = time.perf_counter() - begun
    await reader.read()
    writer.close()
    return seconds
