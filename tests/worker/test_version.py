"""A cached result is never used after the code that made it changed."""

from __future__ import annotations

from pathlib import Path

import grimp

import pipeline
from pipeline.version import publishing_sources, reader_version, reading_sources, release_version

PACKAGE = Path(pipeline.__file__).parent


def test_all_that_a_reader_imports_makes_its_version() -> None:
    graph = grimp.build_graph("pipeline")
    needed = {"pipeline.reader", *graph.find_upstream_modules("pipeline.reader")}
    files = {name: PACKAGE.joinpath(*name.split(".")[1:]) for name in needed}
    paths = {
        path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"
        for path in files.values()
    }
    empty = {path for path in paths if not path.read_bytes().strip()}
    assert len(paths) > 100
    assert paths - empty - set(reading_sources(PACKAGE)) == set()


def test_all_that_publishing_imports_makes_the_version_of_a_release() -> None:
    graph = grimp.build_graph("pipeline")
    needed = {"pipeline.release.build", *graph.find_upstream_modules("pipeline.release.build")}
    hashed = {*reading_sources(PACKAGE), *publishing_sources(PACKAGE)}
    modules = {"pipeline." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts) for path in hashed}
    packages = {name for name in needed if PACKAGE.joinpath(*name.split(".")[1:]).is_dir()}
    assert needed - modules - packages == set()
    assert release_version() != reader_version()


def test_what_a_release_makes_of_all_results_does_not_make_it() -> None:
    names = {path.relative_to(PACKAGE).as_posix() for path in reading_sources(PACKAGE)}
    assert "layouts/vocabulary.yaml" in names
    assert "reference/satuan.csv" in names
    assert not {"release/views.py", "release/build.py", "compare/nodes.py", "cli/main.py", "worker/pool.py"} & names
