"""What was forgotten leaves SQLite's log, too, at once or as soon as nobody is in the way."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.support.world import World

WORDS = b"Nguy\xe1\xbb\x85n Th\xe1\xbb\x8b Mai"


def log_of(world: World) -> Path:
    [log] = world.data_dir.rglob("*-wal")
    return log


def says_in_log(world: World) -> bool:
    return WORDS in log_of(world).read_bytes()


async def test_a_reader_in_the_way_keeps_the_log_and_the_next_commit_empties_it(plain_world: World) -> None:
    world = plain_world
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    with closing(sqlite3.connect(str(log_of(world)).removesuffix("-wal"), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM persons").fetchone()
        await mai.says("/xoa")
        await mai.presses("Xoá")
        assert world.store.freed.left, "the log is not taken for emptied"
        assert says_in_log(world)
        reader.execute("COMMIT")
    await mai.says("/menu")
    assert not world.store.freed.left
    assert not says_in_log(world)
