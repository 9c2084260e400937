"""CSV to a queryable, durable lake, beside DuckDB's read_csv and COPY to Parquet.

Both read the same generated file in processes of their own, in turn, at least three times. The
bar: at least half of DuckDB's speed, and under 1 GB at the peak for a file of 5 GB. DuckDB only
copies; the import also finds and checks times, counts, sets refused rows aside, syncs the disk
and commits.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

SPEED_BAR = 0.5
MEMORY_BAR_MB = 1_000
CHUNK_ROWS = 200_000


def main() -> int:
    """Runs the rounds and prints the figures; 0 where the bar is met."""
    options = _options()
    if options.worker:
        return _work(options.worker, Path(options.file), Path(options.target))
    with tempfile.TemporaryDirectory(prefix="dure-bench-", dir=options.folder) as folder:
        file = Path(folder) / "factory.csv"
        rows = generate(file, options.size_mb * 1_000_000)
        size = file.stat().st_size
        print(f"file: {size / 1e6:.0f} MB, {rows} rows, 17 columns; CPUs: {os.cpu_count()}")
        rounds = [_round(file, Path(folder), rows, number) for number in range(options.rounds)]
    return _verdict(size, rows, rounds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size-mb", type=int, default=512)
    parser.add_argument("--size-gb", type=float, help="size in GB, for the memory bar: 5")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", help="where the file and both results go")
    parser.add_argument("--worker", choices=("lake", "duckdb"), help=argparse.SUPPRESS)
    parser.add_argument("file", nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("target", nargs="?", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.size_gb:
        options.size_mb = int(options.size_gb * 1_000)
    return options


def generate(file: Path, size: int) -> int:
    """A file as a factory logger writes it: 100 ms times, readings, counters and a label."""
    generator = np.random.default_rng(20_201_112)
    start = np.datetime64("2020-01-01T00:00:00", "ms")
    level = np.full(12, 20.0)
    rows = 0
    with file.open("wb") as out:
        while out.tell() < size:
            times = start + (rows + np.arange(CHUNK_ROWS)) * 100
            columns = {"time": pa.array(np.char.replace(times.astype(str), "T", " "))}
            for tag in range(12):
                walk = level[tag] + np.cumsum(generator.normal(0, 0.1, CHUNK_ROWS))
                level[tag] = walk[-1]
                columns[f"sensor_{tag} [°C]"] = np.round(walk, 2 + tag % 3)
            for tag in range(3):
                columns[f"counter_{tag}"] = generator.integers(0, 1_000, CHUNK_ROWS)
            labels = np.array(["OK", "NG", "정상"])
            columns["판정"] = labels[generator.integers(0, 3, CHUNK_ROWS)]
            options = arrow_csv.WriteOptions(include_header=rows == 0, quoting_style="none")
            arrow_csv.write_csv(pa.table(columns), out, options)
            rows += CHUNK_ROWS
    return rows


def _round(file: Path, folder: Path, rows: int, number: int) -> dict[str, dict[str, float]]:
    """Both in turn, the one that begins changing with the round."""
    order = ("lake", "duckdb") if number % 2 == 0 else ("duckdb", "lake")
    results = {}
    for worker in order:
        target = folder / worker
        target.mkdir()
        run = subprocess.run(
            [sys.executable, __file__, "--worker", worker, str(file), str(target)],
            capture_output=True,
            text=True,
            check=True,
        )
        result = json.loads(run.stdout.splitlines()[-1])
        assert result["rows"] == rows, result
        results[worker] = result
        shutil.rmtree(target)
        rate = file.stat().st_size / 1e6 / result["seconds"]
        print(
            f"round {number + 1} {worker:>6}: {result['seconds']:7.2f} s  {rate:6.1f} MB/s  "
            f"peak {result['peak_mb']:5.0f} MB  stored {result['stored_mb']:6.0f} MB"
        )
    return results


def _work(worker: str, file: Path, target: Path) -> int:
    rows, seconds = _lake(file, target) if worker == "lake" else _duckdb(file, target)
    stored = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    print(
        json.dumps({"rows": rows, "seconds": seconds, "peak_mb": peak, "stored_mb": stored / 1e6})
    )
    return 0


def _lake(file: Path, target: Path) -> tuple[int, float]:
    from dure.engines.lake.inspection import inspect
    from dure.engines.lake.mapping import propose
    from dure.engines.lake.store import Lake

    started = time.perf_counter()
    mapping = propose(inspect(file))
    report = Lake(target).import_file(file, mapping, site="bench", import_id="one")
    return report.accepted, time.perf_counter() - started


def _duckdb(file: Path, target: Path) -> tuple[int, float]:
    import duckdb

    source = str(file).replace("'", "''")
    query = f"COPY (SELECT * FROM read_csv('{source}')) TO '{target}/all.parquet'"  # noqa: S608
    started = time.perf_counter()
    done = duckdb.connect().execute(f"{query} (FORMAT parquet)").fetchone()
    return (int(done[0]) if done else 0), time.perf_counter() - started


def _verdict(size: int, rows: int, rounds: list[dict[str, dict[str, float]]]) -> int:
    ratios = [r["duckdb"]["seconds"] / r["lake"]["seconds"] for r in rounds]
    peak = max(r["lake"]["peak_mb"] for r in rounds)
    rates = {worker: [size / 1e6 / r[worker]["seconds"] for r in rounds] for worker in rounds[0]}
    ratio = statistics.median(ratios)
    met = ratio >= SPEED_BAR and peak < MEMORY_BAR_MB
    print(
        f"speed against DuckDB: {ratio:.2f} (from {min(ratios):.2f} to {max(ratios):.2f}); "
        f"bar {SPEED_BAR}; peak {peak:.0f} MB, bar {MEMORY_BAR_MB} MB: "
        f"{'met' if met else 'NOT MET'}"
    )
    figures = {
        "file_mb": round(size / 1e6),
        "rows": rows,
        "rounds": len(rounds),
        "lake_mb_per_s": round(statistics.median(rates["lake"]), 1),
        "duckdb_mb_per_s": round(statistics.median(rates["duckdb"]), 1),
        "lake_peak_mb": round(peak),
        "duckdb_peak_mb": round(max(r["duckdb"]["peak_mb"] for r in rounds)),
    }
    print(
        json.dumps(
            {
                "claim": "CSV to a queryable, durable lake, against DuckDB read_csv to Parquet",
                "figures": figures,
                "ratio": round(ratio, 3),
                "spread": [round(min(ratios), 3), round(max(ratios), 3)],
                "bar": f"ratio >= {SPEED_BAR}, peak < {MEMORY_BAR_MB} MB",
                "met": met,
            }
        )
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
