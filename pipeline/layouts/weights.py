"""The weights by which columns are told, out of `roles.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def weights() -> Mapping[str, Any]:
    """The sections of `roles.yaml`."""
    loaded: Mapping[str, Any] = yaml.safe_load(files("pipeline.layouts").joinpath("roles.yaml").read_text("utf-8"))
    return loaded


@cache
def words(section: str) -> frozenset[str]:
    """Words that cells begin with, in lower case."""
    return frozenset(str(word) for word in weights()["words"][section])
