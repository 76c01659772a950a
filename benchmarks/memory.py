"""What the running demo needs at rest: the resident memory of `doithoai run --demo` some seconds after its start."""

import asyncio
import os
import shutil
import sys
from pathlib import Path

from benchmarks.wire import call


def resident_mib(pid: int) -> float | None:
    """Resident memory of a process in MiB; None where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return None
    for line in status.read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return None


async def demo_at_rest(folder: Path, port: int) -> float | None:
    """Start the demo, wait until it is ready and quiet, look, stop it. None when it does not get ready."""
    command = shutil.which("doithoai", path=Path(sys.executable).parent)
    if command is None:
        return None
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DOITHOAI_")}
    environment |= {"DOITHOAI_DATA_DIR": str(folder), "DOITHOAI_HTTP_PORT": str(port)}
    demo = await asyncio.create_subprocess_exec(
        command, "run", "--demo", env=environment, stderr=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        for _ in range(100):
            await asyncio.sleep(0.3)
            try:
                status, _ = await call(port, b"GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n")
            except OSError:
                continue
            if status == 200:
                await asyncio.sleep(3)
                return resident_mib(demo.pid)
        return None
    finally:
        if demo.returncode is None:
            demo.terminate()
            await demo.wait()
