"""Time and memory of long tables: 1,000, 10,000 and 50,000 rows of six columns, each in a process of its own.

    python benchmarks/tables.py [--rounds N]

Seconds are the least of all rounds: `set` until every row has its page, `made` to make every page once, `written` from
the story to the bytes of the file. Memory is the peak of a process that writes the file, less that of one that only
holds the story. Faces are loaded before. Ten times the rows should take ten times the time.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from digest.story.blocks import Table

SIZES: Final = (1_000, 10_000, 50_000)
CITIES: Final = tuple(re.findall(r"..", "济南青岛淄博枣庄东营烟台潍坊济宁泰安威海日照临沂德州聊城滨州菏泽"))
STEPS: Final = ("story", "set", "made", "written")
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


def once(count: int, upto: str) -> dict[str, float]:
    """Seconds, pages and peak memory in MB of one table in this process, told `upto` that step."""
    from digest.fonts import load_fonts
    from digest.layout.typeset import typeset
    from digest.pdf.write import write_pdf
    from digest.story.blocks import Meta, Story
    from digest.style import BRIEFING

    fonts = load_fonts()
    typeset(Story(Meta("", "", "", "2023-12"), (made(10),)), BRIEFING, fonts)
    story = Story(Meta("", "", "", "2023-12"), (made(count),))
    told = {"pages": 0.0, "seconds": 0.0}
    start = time.perf_counter()
    if upto != "story":
        pages, _ = typeset(story, BRIEFING, fonts)
        told["pages"] = len(pages.pages)
        if upto == "made":
            start = time.perf_counter()
            told["items"] = sum(len(page.items) for page in pages.pages)
        elif upto == "written":
            write_pdf(pages, fonts)
    told["seconds"] = time.perf_counter() - start
    return told | {"mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main() -> None:
    """Print one line a size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--once", nargs=2, metavar=("ROWS", "STEP"), help="one table in this process, told as JSON")
    asked = parser.parse_args()
    if asked.once:
        print(json.dumps(once(int(asked.once[0]), asked.once[1])))
        return
    for count in asked.sizes:
        least: dict[str, dict[str, float]] = {}
        for upto in STEPS:
            command = [sys.executable, __file__, "--once", str(count), upto]
            told = [
                json.loads(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout)
                for _ in range(asked.rounds)
            ]
            least[upto] = {key: min(one[key] for one in told) for key in told[0]}
        seconds = "  ".join(f"{upto} {least[upto]['seconds']:6.2f} s" for upto in STEPS[1:])
        memory = least["written"]["mb"] - least["story"]["mb"]
        each = 1024 * memory / count
        print(f"{count:6} rows  {least['set']['pages']:4.0f} pages  {seconds}  {memory:5.0f} MB, {each:.1f} KB a row")


if __name__ == "__main__":
    main()
