"""PgBouncer, where it is installed (Debian: `pgbouncer`), in transaction mode on a port of this machine."""

import os
import pwd
import shutil
from pathlib import Path

PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def write_config(file: Path, port: int, server: str, connections: int) -> None:
    """Say which server stands behind it (`host=… user=…`), and how many connections to it there are for all."""
    file.write_text(
        f"[databases]\n* = {server}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        f"auth_type = any\npool_mode = transaction\ndefault_pool_size = {connections}\nserver_login_retry = 1\n"
    )
    file.chmod(0o644)


def pgbouncer_command(file: Path) -> list[str]:
    """How it is started with a configuration; never as root, which it refuses."""
    nobody = "nobody" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    return [str(PGBOUNCER), "-q", "-u", nobody, str(file)]
