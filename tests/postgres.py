"""A PostgreSQL server of the tests' own, from the programs of the system's packages, where they are."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

USER = "jianbao"
PASSWORD = "口令@/:1"  # noqa: S105  of a server that lives for one run; with all that must be quoted in a URL


class Postgres(NamedTuple):
    """A server that runs. `url` is what SQLAlchemy wants, `port` on 127.0.0.1."""

    url: str
    port: int


def programs() -> Path | None:
    """The folder of initdb and pg_ctl of the newest version, which distributions keep off the path."""
    found = [Path(path).parent for path in (shutil.which("initdb"),) if path]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    return next((path for path in found if (path / "initdb").exists() and (path / "pg_ctl").exists()), None)


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """An empty server on a free port, ended and removed afterwards; it does not run as root, so neither do we."""
    folder = programs()
    assert folder is not None
    user = _unprivileged()
    home = Path(tempfile.mkdtemp(prefix="jianbao-pg-"))
    try:
        (home / "pw").write_text(PASSWORD, encoding="utf-8")
        if user is not None:
            for path in (home, home / "pw"):
                os.chown(path, user, -1)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]

        def run(*command: str) -> None:
            subprocess.run(
                [str(folder / command[0]), "-D", str(home / "data"), *command[1:]],
                user=user,
                cwd=home,
                check=True,
                timeout=120,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                stdin=subprocess.DEVNULL,
                env={**os.environ, "LC_ALL": "C", "HOME": str(home)},
            )

        run("initdb", "-U", USER, "-A", "scram-sha-256", f"--pwfile={home / 'pw'}", "-E", "UTF8", "--locale=C", "-N")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        run("pg_ctl", "start", "-w", "-t", "60", "-l", str(home / "log"), "-o", options)
        try:
            secret = quote(PASSWORD, safe="")
            yield Postgres(f"postgresql+pg8000://{USER}:{secret}@127.0.0.1:{port}/postgres", port)
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate")
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server, started once for a run; skipped where it is not installed."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed (package postgresql)")
    if os.geteuid() == 0 and _unprivileged() is None:
        pytest.skip("PostgreSQL does not run as root, and there is no other user")
    with running_postgres() as server:
        yield server


def _unprivileged() -> int | None:
    """The user a server runs as where we are root; None where we are not, or there is nobody else."""
    import pwd

    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name).pw_uid
    return None
