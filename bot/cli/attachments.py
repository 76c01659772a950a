"""`doithoai attachments …`: from the data folder to where the settings say that files lie."""

from collections.abc import Iterator
from pathlib import Path

import typer

from bot.cli.common import note_command, with_progress
from bot.console import InputError, counted
from bot.media.places import FolderPlace, Place, left_behind, place_of
from bot.settings import PREFIX, Settings, read_settings

attachments_app = typer.Typer(no_args_is_help=True, help="The files people sent, and where they lie.")


@attachments_app.command("move")
def move() -> None:
    """Bring the files of the data folder to DOITHOAI_ATTACHMENTS_URL; stop the bot first, and start it afterwards.

    Each is read back before it is taken away here. What was broken off goes on when the command is given again.
    """
    settings = read_settings()
    if not settings.attachments_url:
        raise InputError(f"{PREFIX}ATTACHMENTS_URL is not set: the files lie in the data folder, and stay there")
    moved = 0
    try:
        for what, name, target in with_progress(list(_left(settings))):
            _move(FolderPlace(settings.data_dir / what), target, name)
            moved += 1
    except OSError as trouble:
        said = f"{settings.attachments_url}: {trouble.strerror or trouble}"
        raise InputError(f"{said}; {counted(moved, 'file')} moved, the others lie where they lay") from None
    if moved:
        note_command(settings, "move_files", "")
    typer.echo(f"{counted(moved, 'file')} moved to {settings.attachments_url}")


def _move(source: FolderPlace, target: Place, name: str) -> None:
    content = source.read(name)
    target.put(name, content)
    if target.read(name) != content:
        raise OSError(f"what came back of {Path(name).name[:8]}… is not what was sent")
    source.drop(name)


def _left(settings: Settings) -> Iterator[tuple[str, str, Place]]:
    for what, names in left_behind(settings.data_dir).items():
        target = place_of(settings.attachments_url, settings.data_dir, what)
        yield from ((what, name, target) for name in names)
