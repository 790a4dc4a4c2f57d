"""The private PostgreSQL, really made and started: in a folder of its own, never the demonstration's."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from webapp.foundations import private_postgres
from webapp.foundations.private_postgres import APP_ROLE, OWNER_ROLE, PrivatePostgres, ensure_running

START = (
    "import sys; from pathlib import Path"
    "; from webapp.foundations.private_postgres import ensure_running"
    "; p = ensure_running(Path(sys.argv[1]), fast=True)"
)


@contextmanager
def folder_for_data() -> Iterator[Path]:
    """A folder that any account may pass through (pytest's own is closed), with a space in its path."""
    parent = Path(tempfile.mkdtemp(prefix="waymark test "))
    parent.chmod(0o755)
    yield parent / "var" / "postgres"
    private_postgres.at(parent / "var" / "postgres").stop()
    shutil.rmtree(parent)


@pytest.fixture
def data_dir() -> Iterator[Path]:
    with folder_for_data() as folder:
        yield folder


@pytest.fixture(scope="module")
def postgres() -> Iterator[PrivatePostgres]:
    """One that runs, for the tests that neither stop nor spoil it."""
    with folder_for_data() as folder:
        yield ensure_running(folder, fast=True)


def answer(postgres: PrivatePostgres, query: str, role: str = APP_ROLE) -> object:
    engine = create_engine(postgres.url(role))
    try:
        with engine.begin() as connection:
            found = connection.execute(text(query))
            return found.scalar() if found.returns_rows else None
    finally:
        engine.dispose()


def server_process(postgres: PrivatePostgres) -> int:
    return int((postgres.data_dir / "postmaster.pid").read_text().splitlines()[0])


def test_a_first_start_makes_the_database_and_its_two_roles(postgres: PrivatePostgres) -> None:
    assert answer(postgres, "SELECT current_database()") == "waymark"
    assert str(answer(postgres, "SHOW server_version")).startswith("18.")
    assert answer(postgres, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'waymark'") == (
        OWNER_ROLE
    )
    any_power = "SELECT rolsuper OR rolcreaterole OR rolbypassrls OR rolcreatedb FROM pg_roles"
    assert answer(postgres, f"{any_power} WHERE rolname = '{APP_ROLE}'") is False
    owner = "SELECT rolcreatedb AND NOT rolsuper AND NOT rolbypassrls FROM pg_roles"
    assert answer(postgres, f"{owner} WHERE rolname = '{OWNER_ROLE}'") is True


def test_the_app_makes_no_tables_and_the_owner_does(postgres: PrivatePostgres) -> None:
    with pytest.raises(Exception, match="permission denied for schema public"):
        answer(postgres, "CREATE TABLE mine (id int)")
    answer(postgres, "CREATE TABLE ours (id int)", role=OWNER_ROLE)
    assert answer(postgres, "SELECT to_regclass('public.ours')::text") == "ours"


def test_text_is_unicode_and_sorted_the_same_on_every_machine(postgres: PrivatePostgres) -> None:
    assert answer(postgres, "SHOW server_encoding") == "UTF8"
    assert answer(postgres, "SELECT upper('ŵyneb')") == "ŴYNEB"
    locale = "SELECT concat(datlocprovider, ' ', datlocale) FROM pg_database WHERE datname = 'waymark'"
    assert answer(postgres, locale) == "b C.UTF-8"


def test_writes_are_durable_unless_a_test_asks_for_speed(data_dir: Path) -> None:
    assert answer(ensure_running(data_dir), "SHOW fsync") == "on"
    private_postgres.at(data_dir).stop()
    assert answer(ensure_running(data_dir, fast=True), "SHOW fsync") == "off"


def test_a_second_call_finds_the_running_one(postgres: PrivatePostgres) -> None:
    process = server_process(postgres)

    again = ensure_running(postgres.data_dir, fast=True)

    assert again == postgres
    assert server_process(again) == process


def test_what_was_written_is_there_after_stop_and_start(data_dir: Path) -> None:
    postgres = ensure_running(data_dir)
    answer(postgres, "CREATE TABLE kept AS SELECT 7 AS steps", role=OWNER_ROLE)
    answer(postgres, f"GRANT SELECT ON kept TO {APP_ROLE}", role=OWNER_ROLE)

    postgres.stop()
    assert not postgres.is_ready()

    assert answer(ensure_running(data_dir), "SELECT steps FROM kept") == 7


def test_stopping_twice_is_no_error(data_dir: Path) -> None:
    postgres = ensure_running(data_dir, fast=True)
    postgres.stop()
    postgres.stop()
    assert not postgres.is_ready()


def test_it_starts_again_after_the_machine_went_down(data_dir: Path) -> None:
    """kill -9, the folder of temporary files emptied, and the old process number taken by someone else."""
    postgres = ensure_running(data_dir, fast=True)
    killed = server_process(postgres)
    os.kill(killed, signal.SIGKILL)
    while private_postgres._server_is_alive(postgres.data_dir):  # its helpers notice and go
        time.sleep(0.01)
    shutil.rmtree(postgres.socket_dir)
    pid_file = postgres.data_dir / "postmaster.pid"
    pid_file.write_text(pid_file.read_text().replace(str(killed), str(os.getppid()), 1))

    again = ensure_running(data_dir, fast=True)

    assert answer(again, "SELECT 1") == 1
    assert server_process(again) not in (killed, os.getppid())


def test_it_starts_at_once_after_kill_9_while_its_helpers_still_live(data_dir: Path) -> None:
    postgres = ensure_running(data_dir, fast=True)
    os.kill(server_process(postgres), signal.SIGKILL)
    assert answer(ensure_running(data_dir, fast=True), "SELECT 1") == 1


def test_three_starters_at_once_start_one(data_dir: Path) -> None:
    program = START + (
        "; import psycopg"
        "; c = psycopg.connect(p.url('waymark_app').replace('+psycopg', ''))"
        "; print(c.execute('SELECT pg_postmaster_start_time()').fetchone()[0])"
    )
    starters = [
        subprocess.Popen([sys.executable, "-c", program, str(data_dir)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [starter.communicate(timeout=60)[0].strip() for starter in starters]

    assert [starter.returncode for starter in starters] == [0, 0, 0]
    assert said[0] and len(set(said)) == 1


def test_it_outlives_the_process_that_started_it(data_dir: Path) -> None:
    subprocess.run([sys.executable, "-c", START, str(data_dir)], check=True, timeout=60)

    assert private_postgres.at(data_dir).is_ready()


def test_a_start_that_was_cut_short_is_finished_by_the_next(data_dir: Path) -> None:
    unfinished = data_dir.with_name("postgres.unfinished")
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("half")
    postgres = ensure_running(data_dir, fast=True)
    with postgres.connect("postgres") as all_powers:
        all_powers.execute("DROP DATABASE waymark")
    postgres.stop()

    assert answer(ensure_running(data_dir, fast=True), "SELECT current_database()") == "waymark"


def test_data_that_was_deleted_while_running_is_made_anew(data_dir: Path) -> None:
    before = ensure_running(data_dir, fast=True)
    process = server_process(before)
    shutil.rmtree(data_dir.parent)

    after = ensure_running(data_dir, fast=True)

    assert after.socket_dir != before.socket_dir
    assert answer(after, "SELECT current_database()") == "waymark"
    os.kill(process, signal.SIGQUIT)
    shutil.rmtree(before.socket_dir)


def test_a_folder_closed_to_other_accounts_is_no_obstacle(data_dir: Path) -> None:
    """Root's home is closed to `nobody`, as whom root runs PostgreSQL; then its data is kept elsewhere."""
    data_dir.parent.mkdir(mode=0o700)

    postgres = ensure_running(data_dir, fast=True)

    assert answer(postgres, "SELECT 1") == 1
    postgres.stop()
    if postgres.data_dir != data_dir:
        assert os.geteuid() == 0
        for left in postgres.data_dir.parent.glob(f"{postgres.data_dir.name}*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()


def test_only_its_own_account_can_reach_the_socket(postgres: PrivatePostgres) -> None:
    assert postgres.socket_dir.stat().st_mode & 0o777 == 0o700
    assert answer(postgres, "SHOW listen_addresses", role="postgres") == ""
    assert len(str(postgres.socket_dir / ".s.PGSQL.5432.lock")) < 100


def test_a_socket_folder_that_somebody_else_prepared_is_refused(data_dir: Path) -> None:
    postgres = ensure_running(data_dir, fast=True)
    postgres.stop()
    elsewhere = data_dir.parent / "elsewhere"
    elsewhere.mkdir()
    postgres.socket_dir.symlink_to(elsewhere)
    try:
        with pytest.raises(private_postgres.PrivatePostgresFailed, match="somebody else"):
            ensure_running(data_dir, fast=True)
    finally:
        postgres.socket_dir.unlink()


def test_a_refusal_gives_the_words_of_postgresql(data_dir: Path) -> None:
    postgres = ensure_running(data_dir, fast=True)
    postgres.stop()
    with open(postgres.data_dir / "postgresql.conf", "a") as settings:
        settings.write("no_such_setting = 1\n")

    with pytest.raises(private_postgres.PrivatePostgresFailed, match="no_such_setting"):
        ensure_running(data_dir, fast=True)


def test_the_missing_wheel_is_named(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> None:
    monkeypatch.setattr(private_postgres, "_WHEEL", "a_wheel_that_is_not_installed")
    with pytest.raises(private_postgres.PrivatePostgresFailed, match="WAYMARK_DATABASE_URL"):
        ensure_running(data_dir, fast=True)


def test_programs_that_its_account_cannot_reach_are_copied_once(
    monkeypatch: pytest.MonkeyPatch, data_dir: Path
) -> None:
    monkeypatch.setattr(private_postgres, "_SHARED_STATE", data_dir.parent)
    data_dir.parent.mkdir(parents=True)
    original = private_postgres._programs().parents[1]

    copied = private_postgres._copied_once(original)
    again = private_postgres._copied_once(original)

    assert copied == again
    program = next(copied.glob("pginstall*/bin")) / "postgres"
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    assert "PostgreSQL" in said


def test_the_address_survives_being_read_again(data_dir: Path) -> None:
    postgres = PrivatePostgres(data_dir, Path("/tmp/a folder"))
    read = make_url(postgres.url(OWNER_ROLE, "waymark_gw0"))
    assert (read.username, read.database, read.query["host"]) == (OWNER_ROLE, "waymark_gw0", "/tmp/a folder")
