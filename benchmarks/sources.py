"""A million rows added up by group, beside pandas: seconds, peak memory, and whether the sums are exact.

    python benchmarks/sources.py [--rows N] [--rounds N]

Each run is a process of its own, with the time to load what it needs; seconds are the least of all rounds, memory the
peak of the process. The file has 16 members, 10 periods, 4 metrics and amounts with two decimals; Parquet keeps them
as float64, as most exports do. A sum is exact where it is that of the decimals as they are written.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Final

MEMBERS: Final = tuple(re.findall(r"..", "济南青岛淄博枣庄东营烟台潍坊济宁泰安威海日照临沂德州聊城滨州菏泽"))
PERIODS: Final = tuple(f"2025-{month:02}" for month in range(1, 11))
METRICS: Final = ("投入资金", "帮办事项", "联建村", "志愿时长")
KEYS: Final = ["单位", "期间", "指标"]
WAYS: Final = ("ours", "pandas")


def make(folder: Path, count: int) -> None:
    """The table as CSV and as Parquet, and the exact sums."""
    import pyarrow as pa
    from pyarrow import parquet

    chance = random.Random(1)  # noqa: S311  the same table every time
    rows = [
        (chance.choice(MEMBERS), chance.choice(PERIODS), chance.choice(METRICS), chance.randrange(10**7))
        for _ in range(count)
    ]
    sums: dict[str, int] = {}
    with (folder / "t.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*KEYS, "数值"])
        for *key, cents in rows:
            writer.writerow([*key, f"{cents / 100:.2f}"])
            sums["|".join(map(str, key))] = sums.get("|".join(map(str, key)), 0) + cents
    columns = dict(zip(KEYS, list(zip(*rows, strict=True))[:3], strict=True))
    amounts = pa.array([row[3] / 100 for row in rows])
    parquet.write_table(pa.table({**columns, "数值": amounts}), folder / "t.parquet")
    (folder / "sums.json").write_text(json.dumps(sums), encoding="utf-8")


def ours(path: Path) -> dict[str, Decimal]:
    """The sums by the reader of large tables."""
    from digest.data.sources.bulk import add_up

    (grid,), _ = add_up(path, path.name, KEYS, "数值")
    return {"|".join(map(str, row[:3])): Decimal(str(row[3])) for row in grid.rows[1:]}


def pandas(path: Path) -> dict[str, Decimal]:
    """The sums as pandas makes them by default."""
    import pandas as pd

    frame = pd.read_csv(path) if path.suffix == ".csv" else pd.read_parquet(path)
    sums = frame.groupby(KEYS)["数值"].sum()
    rows = sums.reset_index().itertuples(index=False)
    return {"|".join(map(str, key)): Decimal(repr(float(total))) for *key, total in rows}


def once(way: str, path: Path) -> dict[str, float]:
    """Seconds, peak memory in MB and the number of exact sums of one way in this process."""
    begin = time.perf_counter()
    sums = ours(path) if way == "ours" else pandas(path)
    seconds = time.perf_counter() - begin
    exact = json.loads((path.parent / "sums.json").read_text(encoding="utf-8"))
    right = sum(sums[key] == Decimal(cents) / 100 for key, cents in exact.items())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "memory": peak, "right": right, "all": len(exact)}


def main() -> None:
    """A line for each file and way."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--once", nargs=2, metavar=("WAY", "FILE"), help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.once:
        print(json.dumps(once(asked.once[0], Path(asked.once[1]))))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, asked.rows)
        print(f"{asked.rows} rows   seconds   peak MB   exact sums")
        for path in (folder / "t.csv", folder / "t.parquet"):
            for way in WAYS:
                command = [sys.executable, __file__, "--once", way, str(path)]
                runs = [
                    json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
                    for _ in range(asked.rounds)
                ]
                seconds, peak = min(run["seconds"] for run in runs), max(run["memory"] for run in runs)
                right = f"{runs[0]['right']:.0f}/{runs[0]['all']:.0f}"
                print(f"{path.suffix[1:]:8} {way:7} {seconds:8.2f} {peak:9.0f}   {right}")


if __name__ == "__main__":
    main()
