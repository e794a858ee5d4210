"""A release is laid out as the contract says, is repeatable, and replaces the last one in one step."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from pipeline.release import build, store
from pipeline.release.csvtext import escape, unescape
from pipeline.release.errors import CorruptResultError, NoReleaseError, ReleaseError
from pipeline.release.masking import mask_text
from pipeline.release.result import DocumentResult
from pipeline.release.store import current_release, need_release, release_numbers
from schemas.arrow import arrow_schema
from schemas.registry import DATASETS

NIP = "198004122000031003"
MakeResult = Callable[..., DocumentResult]
Publish = Callable[..., build.Release]


def files(folder: Path, *without: str) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in without
    }


def test_the_layout_is_the_contracts(make_result: MakeResult, publish_into: Publish) -> None:
    release = publish_into(make_result("a1" * 8, 2024), make_result("b2" * 8, None))
    for name in DATASETS:
        assert list((release.path / "parquet" / name).glob("*.parquet")), name
        assert (release.path / "csv" / f"{name}.csv").is_file() == (name != "sel"), name
    nodes = sorted(path.name for path in (release.path / "parquet" / "program_kegiatan").iterdir())
    assert nodes == ["2024.parquet", "tanpa-tahun.parquet"]
    assert {path.name for path in release.path.iterdir()} == {
        "parquet",
        "csv",
        "datapackage.json",
        "manifest.json",
        "catalog.duckdb",
    }


def test_pandas_and_duckdb_read_every_dataset(make_result: MakeResult, publish_into: Publish) -> None:
    release = publish_into(make_result("a1" * 8, 2024), make_result("b2" * 8, None), make_result("c3" * 8, 2023))
    for name in DATASETS:
        folder = release.path / "parquet" / name
        assert len(pd.read_parquet(folder)) == release.counts[name]
        (rows,) = duckdb.sql(f"SELECT count(*) FROM '{folder}/*.parquet'").fetchall()
        assert rows == (release.counts[name],)
        for path in folder.iterdir():
            assert pq.read_schema(path).equals(arrow_schema(name))
    assert release.counts["rekening"] == 0
    assert release.counts["program_kegiatan"] == 9


def test_equal_input_gives_equal_bytes_in_any_order(
    make_result: MakeResult, publish_into: Publish, tmp_path: Path
) -> None:
    stored = tmp_path / "cached.rkt"
    stored.write_bytes(make_result("b2" * 8, 2023).to_bytes())
    one = publish_into(make_result("a1" * 8), stored, curated=tmp_path / "one")
    two = publish_into(make_result("b2" * 8, 2023), make_result("a1" * 8), curated=tmp_path / "two")
    assert files(one.path, "catalog.duckdb") == files(two.path, "catalog.duckdb")
    again = publish_into(stored, make_result("a1" * 8), curated=tmp_path / "one")
    assert again.number == 2
    assert files(again.path, "catalog.duckdb") == files(one.path, "catalog.duckdb")


def test_the_catalog_repeats_its_schema_and_rows(
    make_result: MakeResult, publish_into: Publish, tmp_path: Path
) -> None:
    def content(folder: Path) -> dict[str, Any]:
        with duckdb.connect(folder / "catalog.duckdb", read_only=True) as connection:
            names = [row[0] for row in connection.execute("SELECT name FROM (SHOW TABLES) ORDER BY name").fetchall()]
            return {name: connection.sql(f'SELECT * FROM "{name}"').fetchall() for name in names}

    one = publish_into(make_result("a1" * 8), make_result("b2" * 8), curated=tmp_path / "one")
    two = publish_into(make_result("b2" * 8), make_result("a1" * 8), curated=tmp_path / "two")
    assert content(one.path) == content(two.path)
    assert set(DATASETS) <= set(content(one.path))


def test_the_catalog_can_be_moved_and_attached(make_result: MakeResult, publish_into: Publish, tmp_path: Path) -> None:
    release = publish_into(make_result())
    moved = tmp_path / "elsewhere.duckdb"
    (release.path / "catalog.duckdb").rename(moved)
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{moved}' AS rkt (READ_ONLY)")
        assert connection.execute("SELECT sum(pagu) FROM rkt.v_pagu").fetchall() == [(Decimal("300.00"),)]
        comment = connection.execute(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'program_kegiatan' AND column_name = 'pagu'"
        ).fetchall()
        assert "v_pagu" in comment[0][0]


def test_the_data_package_describes_every_file(make_result: MakeResult, publish_into: Publish) -> None:
    release = publish_into(
        make_result(sumber_url="https://contoh.go.id/a.pdf", penerbit="Bappeda", lisensi="CC BY 4.0")
    )
    package = json.loads((release.path / "datapackage.json").read_text())
    described = {resource["path"]: resource for resource in package["resources"]}
    on_disk = files(release.path, "catalog.duckdb", "datapackage.json", "manifest.json")
    assert {path: f"sha256:{digest}" for path, digest in on_disk.items()} == {
        path: resource["hash"] for path, resource in described.items()
    }
    for path, resource in described.items():
        assert resource["bytes"] == (release.path / path).stat().st_size
        assert resource["title"]
        assert resource["description"]
    ceiling = next(f for f in described["csv/program_kegiatan.csv"]["schema"]["fields"] if f["name"] == "pagu")
    assert (ceiling["type"], ceiling["unit"]) == ("number", "rupiah")
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    assert package["sources"] == [{"title": "rencana-a1.pdf (Bappeda)", "path": "https://contoh.go.id/a.pdf"}]
    assert package["licenses"] == [{"name": "CC-BY-4.0", "title": "CC BY 4.0"}]


def test_the_manifest_counts_and_hashes(make_result: MakeResult, publish_into: Publish) -> None:
    release = publish_into(make_result("a1" * 8), make_result("b2" * 8, status="gagal"))
    manifest = json.loads((release.path / "manifest.json").read_text())
    assert manifest["documents"] == {"gagal": 1, "lengkap": 1}
    assert manifest["counts"]["sel"] == 8
    assert manifest["inputs"] == [{"berkas": "rencana.pdf", "sha256": "0" * 64}]
    assert manifest["reader_version"] == "1"


def test_csv_holds_what_parquet_holds(make_result: MakeResult, publish_into: Publish) -> None:
    release = publish_into(make_result())
    with (release.path / "csv" / "program_kegiatan.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    table = pq.read_table(release.path / "parquet" / "program_kegiatan").to_pylist()
    assert [unescape(row["nama"]) for row in rows] == [row["nama"] for row in table]
    assert [json.loads(row["bukti"]) for row in rows] == [row["bukti"] for row in table]
    assert [Decimal(row["pagu"]) for row in rows] == [row["pagu"] for row in table]


def test_no_csv_cell_of_text_starts_a_formula(make_result: MakeResult, publish_into: Publish) -> None:
    release = publish_into(make_result(judul="@SUM(A1)", jabatan="\t=1", tempat="+62"))
    for path in (release.path / "csv").iterdir():
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                for name, cell in row.items():
                    if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
                        assert (path.stem, name) == ("indikator", cell and name)
                        assert float(cell) == -0.81


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=", "\r=", "\n=", "'=1", "''-", "＝1", "＋", "－", "＠"])
def test_dangerous_texts_are_escaped_and_come_back(text: str) -> None:
    assert escape(text) == f"'{text}"
    assert unescape(escape(text)) == text


@pytest.mark.parametrize("text", ["", "a=1", "'kutip'", "1-2", " =1", "'", "kata"])
def test_harmless_texts_are_left_alone(text: str) -> None:
    assert escape(text) == text
    assert unescape(text) == text


def test_nips_are_masked_everywhere(make_result: MakeResult, publish_into: Publish) -> None:
    release = publish_into(make_result(misi=[f"Tertanda {NIP}"]), nip_masked=True)
    for path in release.path.rglob("*.csv"):
        assert NIP not in path.read_text(encoding="utf-8")
    documents = pq.read_table(release.path / "parquet" / "dokumen").to_pylist()
    assert documents[0]["nip"] == "*" * 14 + "1003"
    assert documents[0]["misi"] == ["Tertanda " + "*" * 14 + "1003"]
    texts = pq.read_table(release.path / "parquet" / "sel")["teks"].to_pylist()
    assert texts[-1] == f"NIP. ******** ****** 1 003 {'a1' * 8}"
    assert "19800412" not in (release.path / "catalog.duckdb").read_bytes().decode("latin-1")
    assert documents[0]["sha256"] == "a1" * 32


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (NIP, "**************1003"),
        ("NIP.19800412 200003 1 003", "NIP.******** ****** 1 003"),
        ("NIP : 131 234 567", "NIP : *** **4 567"),
        ("nip 1980O412 20000310", "nip ******** ****0310"),
        ("Rp 1.250.000.000", "Rp 1.250.000.000"),
        ("5.03.02.2.01.0001", "5.03.02.2.01.0001"),
        (f"x{NIP}", f"x{NIP}"),
        ("TNIP 123456789", "TNIP 123456789"),
    ],
)
def test_what_counts_as_a_nip(text: str, masked: str) -> None:
    assert mask_text(text) == masked


def test_the_pointer_leads_to_the_newest_release(make_result: MakeResult, publish_into: Publish) -> None:
    first = publish_into(make_result())
    curated = first.path.parent.parent
    before = files(first.path)
    kept = need_release(curated)
    second = publish_into(make_result("b2" * 8))
    assert (first.number, second.number) == (1, 2)
    assert current_release(curated) == second.path
    assert (curated / "current").readlink() == Path("releases/0002")
    assert files(kept) == before


def test_there_may_be_no_release(tmp_path: Path) -> None:
    assert current_release(tmp_path) is None
    with pytest.raises(NoReleaseError) as caught:
        need_release(tmp_path)
    assert "Belum ada rilis" in caught.value.pesan


@pytest.mark.parametrize("step", ["write_dataset", "write_catalog", "install"])
def test_a_failed_build_leaves_the_last_release_and_nothing_else(
    step: str, make_result: MakeResult, publish_into: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish_into(make_result())
    curated = first.path.parent.parent

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build, step, fail)
    with pytest.raises(OSError, match="No space"):
        publish_into(make_result("b2" * 8))
    assert current_release(curated) == first.path
    assert sorted(path.name for path in (curated / "releases").iterdir()) == ["0001"]


def test_a_pointer_that_cannot_move_leaves_the_last_release(
    make_result: MakeResult, publish_into: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish_into(make_result())
    curated = first.path.parent.parent

    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(store, "point_to", fail)
    with pytest.raises(PermissionError):
        publish_into(make_result("b2" * 8))
    assert current_release(curated) == first.path
    assert release_numbers(curated) == [1]


def test_leftovers_of_a_killed_publisher_are_cleared(make_result: MakeResult, publish_into: Publish) -> None:
    curated = publish_into(make_result()).path.parent.parent
    (curated / "releases" / ".building-killed" / "parquet").mkdir(parents=True)
    publish_into(make_result())
    assert sorted(path.name for path in (curated / "releases").iterdir()) == ["0001", "0002"]


def test_two_publishers_never_collide(make_result: MakeResult, publish_into: Publish) -> None:
    curated = publish_into(make_result()).path.parent.parent
    with FileLock(curated / ".publish.lock"), pytest.raises(ReleaseError, match="Another process"):
        publish_into(make_result(), lock_timeout=0.05)
    assert release_numbers(curated) == [1]


def test_a_document_comes_once(make_result: MakeResult, publish_into: Publish, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="comes 2 times"):
        publish_into(make_result(), make_result())
    assert not (tmp_path / "curated").exists()


def test_a_damaged_result_stops_the_build(make_result: MakeResult, publish_into: Publish, tmp_path: Path) -> None:
    broken = tmp_path / "broken.rkt"
    broken.write_bytes(make_result().to_bytes()[:200])
    with pytest.raises(CorruptResultError):
        publish_into(broken)


def test_cells_of_each_document_are_a_row_group(make_result: MakeResult, publish_into: Publish) -> None:
    release = publish_into(make_result("a1" * 8), make_result("b2" * 8))
    cells = pq.read_metadata(release.path / "parquet" / "sel" / "2024.parquet")
    nodes = pq.read_metadata(release.path / "parquet" / "program_kegiatan" / "2024.parquet")
    assert (cells.num_row_groups, nodes.num_row_groups) == (2, 1)


def test_a_release_without_documents_can_be_read(publish_into: Publish) -> None:
    release = publish_into()
    assert set(release.counts.values()) == {0}
    assert pd.read_parquet(release.path / "parquet" / "indikator").empty
