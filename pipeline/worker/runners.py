"""Where the documents of a run are read: here, or on a Dask or Ray cluster. Knows neither Prefect nor the clusters."""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal
from urllib.parse import urlsplit

from pipeline.intake.problems import Language

Runner = Literal["local", "dask", "ray"]

# What each runner imports that requirements.lock does not bring.
_EXTRAS: dict[Runner, str] = {"dask": "prefect_dask", "ray": "prefect_ray"}
_API_VARIABLE = "PREFECT_API_URL"
_THIS_MACHINE = ("localhost", "127.", "::1")
# How Ray calls a cluster of which this machine is part.
_RAY_OF_THIS_MACHINE = ("auto", "local")


class RunnerCode(StrEnum):
    """What keeps a cluster from reading the documents of a run."""

    ALAMAT = "alamat"
    TAMBAHAN = "tambahan"
    SERVER = "server"
    TAK_TERJANGKAU = "tak terjangkau"
    TANPA_PEKERJA = "tanpa pekerja"
    TANPA_RKT = "tanpa rkt"
    VERSI = "versi"
    PUTUS = "putus"


_MESSAGES: dict[RunnerCode, tuple[str, str]] = {
    RunnerCode.ALAMAT: (
        "--address hanya berlaku bersama --runner dask atau --runner ray.",
        "--address goes with --runner dask or --runner ray only.",
    ),
    RunnerCode.TAMBAHAN: (
        "--runner {detail} perlu tambahan yang belum terpasang. Pasang dengan: make setup-{detail}",
        "--runner {detail} needs an extra that is not installed. Install it with: make setup-{detail}",
    ),
    RunnerCode.SERVER: (
        "Mesin pekerja di {detail} tidak dapat menjangkau server Prefect sementara di mesin ini. Jalankan server "
        "Prefect, lalu isi PREFECT_API_URL dengan alamat yang terjangkau dari semua mesin.",
        "The workers at {detail} cannot reach the temporary Prefect server of this machine. Run a Prefect server, and "
        "set PREFECT_API_URL to an address that all machines reach.",
    ),
    RunnerCode.TAK_TERJANGKAU: (
        "Klaster tidak menjawab ({detail}). Periksa --address dan jaringannya.",
        "The cluster does not answer ({detail}). Check --address and the network.",
    ),
    RunnerCode.TANPA_PEKERJA: (
        "Klaster ini tidak punya mesin pekerja. Jalankan pekerjanya ({detail}), lalu ulangi.",
        "The cluster has no workers. Start them ({detail}), then try again.",
    ),
    RunnerCode.TANPA_RKT: (
        "Mesin pekerja tidak dapat memuat rkt-pipeline ({detail}). Pasang rkt-pipeline di semua mesin pekerja.",
        "A worker cannot load rkt-pipeline ({detail}). Install rkt-pipeline on all machines of the cluster.",
    ),
    RunnerCode.VERSI: (
        "Mesin pekerja memakai versi pembaca lain ({detail}), jadi hasilnya ditolak dan tidak ada yang diterbitkan. "
        "Pasang versi yang sama di semua mesin, jalankan ulang pekerjanya, lalu ulangi.",
        "A worker has another version of the reader ({detail}), so its results are refused and nothing is published. "
        "Install the same version on all machines, restart the workers, then try again.",
    ),
    RunnerCode.PUTUS: (
        "Hubungan dengan klaster terputus ({detail}). Jalankan lagi; yang sudah dibaca tidak diulang.",
        "The connection to the cluster was lost ({detail}). Run it again; what was read is not read again.",
    ),
}


class RunnerError(Exception):
    """The cluster cannot read this run's documents; nothing is published. `message` is for the user."""

    def __init__(self, kode: RunnerCode, detail: str = "") -> None:
        super().__init__(kode, detail)
        self.kode = kode
        self.detail = detail

    def message(self, language: Language = "id") -> str:
        """One line: what is wrong, what to do."""
        return _MESSAGES[self.kode][language != "id"].format(detail=" ".join(self.detail.split()))


@dataclass(frozen=True, slots=True)
class Where:
    """Who reads. `address` names a cluster that exists; without it one is started here and ended with the run."""

    runner: Runner = "local"
    address: str | None = None

    def check(self) -> None:
        """Raises RunnerError for what can be known before anything is started."""
        if self.runner == "local":
            if self.address is not None:
                raise RunnerError(RunnerCode.ALAMAT)
            return
        if importlib.util.find_spec(_EXTRAS[self.runner]) is None:
            raise RunnerError(RunnerCode.TAMBAHAN, self.runner)
        if self.address is not None and not os.environ.get(_API_VARIABLE) and not _is_here(self.address):
            raise RunnerError(RunnerCode.SERVER, self.address)


def _is_here(address: str) -> bool:
    """Whether the machine at an address, such as tcp://10.0.0.1:8786, is this one, by its name."""
    host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    return address in _RAY_OF_THIS_MACHINE or host.startswith(_THIS_MACHINE)
