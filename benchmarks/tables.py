"""Time and memory of long tables: 1,000 and 10,000 rows of six columns, each in a process of its own.

    python benchmarks/tables.py [--rounds N]

Seconds are medians of all rounds, for layout alone (faces loaded, nothing written). The ratio of both sizes tells
whether time is linear; memory is the peak of the whole process, beside that of one that sets a table of ten rows.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from digest.story.blocks import Table

SIZES: Final = (10, 1_000, 10_000)
CITIES: Final = tuple(re.findall(r"..", "济南青岛淄博枣庄东营烟台潍坊济宁泰安威海日照临沂德州聊城滨州菏泽"))
KINDS: Final = ("双联共建", "双报到", "以下看上", "五为志愿服务")


def made(count: int) -> Table:
    """A table of `count` rows: running number, merged city, words of one or two lines, figures with a point."""
    from digest.story.blocks import Caption, Column, Table, TableRow, plain

    columns = (
        Column("序号", align="center", digits=True),
        Column("地区", merge=True),
        Column("项目"),
        Column("资金（万元）", align="decimal"),
        Column("较上年", align="decimal"),
        Column("截至"),
    )
    rows = tuple(
        TableRow(
            (
                plain(str(n + 1)),
                plain(f"{CITIES[n // 12 % len(CITIES)]}市"),
                plain(f"第{n % 97 + 1}批{KINDS[n % 4]}项目，惠及群众{n * 7919 % 9973}余人次" + "，按月调度" * (n % 5)),
                plain(f"{n * 104729 % 1_000_000 / 100:,.2f}"),
                plain(f"{(n * 31 % 400 - 200) / 10}%" if n % 11 else "—"),
                plain(f"2023年{n % 12 + 1}月"),
            )
        )
        for n in range(count)
    )
    return Table(columns, rows, Caption("表1", "项目一览"), unit="万元")


def once(count: int) -> dict[str, float]:
    """Seconds, pages and peak memory in MB of one table set in this process."""
    from digest.fonts import load_fonts
    from digest.layout.typeset import typeset
    from digest.story.blocks import Meta, Story
    from digest.style import BRIEFING

    fonts = load_fonts()
    story = Story(Meta("", "", "", "2023-12"), (made(count),))
    start = time.perf_counter()
    pages, _ = typeset(story, BRIEFING, fonts)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": count, "seconds": seconds, "pages": len(pages.pages), "mb": peak}


def main() -> None:
    """Print one line a size, then the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--once", type=int, metavar="ROWS", help="one table in this process, told as JSON")
    asked = parser.parse_args()
    if asked.once:
        print(json.dumps(once(asked.once)))
        return
    seconds: dict[int, float] = {}
    for count in SIZES:
        command = [sys.executable, __file__, "--once", str(count)]
        told = [
            json.loads(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout)
            for _ in range(asked.rounds)
        ]
        seconds[count] = median(one["seconds"] for one in told)
        memory = median(one["mb"] for one in told)
        print(f"{count:6} rows  {told[0]['pages']:4.0f} pages  {seconds[count]:7.2f} s  {memory:6.0f} MB")
    print(f"ten times the rows: {seconds[SIZES[2]] / seconds[SIZES[1]]:.1f} times the time")


if __name__ == "__main__":
    main()
