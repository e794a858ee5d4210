"""What can be wrong with a file, said in one line that names it and what to do, in Indonesian and in English."""

from __future__ import annotations

import errno
import os
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Language = Literal["id", "en"]


_LONGEST_DETAIL = 300
_BREAKS = re.compile(r"\s*[\r\n\t]\s*")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class ProblemCode(StrEnum):
    """Stable names of the problems; the first group leaves no document to read, the last is about a sidecar."""

    TIDAK_ADA = "BERKAS_TIDAK_ADA"
    FOLDER_KOSONG = "FOLDER_TANPA_PDF"
    TIDAK_TERBUKA = "BERKAS_TIDAK_TERBUKA"
    BUKAN_BERKAS = "BUKAN_BERKAS"
    TERLALU_BESAR = "BERKAS_TERLALU_BESAR"

    KOSONG = "BERKAS_KOSONG"
    BUKAN_PDF = "BUKAN_PDF"
    TERKUNCI = "PDF_TERKUNCI"
    TERPOTONG = "PDF_TERPOTONG"
    RUSAK = "PDF_RUSAK"
    TANPA_HALAMAN = "PDF_TANPA_HALAMAN"
    TERLALU_BANYAK_HALAMAN = "PDF_TERLALU_BANYAK_HALAMAN"

    BERHENTI = "PEMBACA_BERHENTI"
    WAKTU_HABIS = "WAKTU_HABIS"
    MEMORI_HABIS = "MEMORI_HABIS"
    TERLALU_RUMIT = "TERLALU_RUMIT"
    GALAT_PEMBACA = "GALAT_PEMBACA"
    TAK_TERLIHAT = "BERKAS_TAK_TERLIHAT"
    LAIN_DI_PEKERJA = "BERKAS_LAIN_DI_PEKERJA"
    HILANG = "BERKAS_HILANG"
    HILANG_LAIN = "BERKAS_LAIN_HILANG"
    DITARIK = "DOKUMEN_DITARIK"
    DAFTAR_RUSAK = "DAFTAR_DOKUMEN_RUSAK"
    HASIL_RUSAK = "HASIL_TERSIMPAN_RUSAK"
    HASIL_HILANG = "HASIL_TERSIMPAN_HILANG"
    TANPA_TABEL = "TANPA_TABEL_RENCANA"

    ASAL_BELUM_DICATAT = "ASAL_BELUM_DICATAT"
    SIDECAR_RUSAK = "SIDECAR_RUSAK"
    SIDECAR_BEDA = "SIDECAR_TIDAK_COCOK"
    SIDECAR_TAK_TERTULIS = "SIDECAR_TAK_TERTULIS"


_MESSAGES: dict[ProblemCode, tuple[str, str]] = {
    ProblemCode.TIDAK_ADA: (
        "{berkas}: berkas atau folder ini tidak ada. Periksa kembali namanya.",
        "{berkas}: there is no such file or folder. Check its name.",
    ),
    ProblemCode.FOLDER_KOSONG: (
        "{berkas}: tidak ada PDF di folder ini. Simpan dokumen di sana, atau sebutkan folder lain.",
        "{berkas}: there is no PDF in this folder. Put the documents there, or name another folder.",
    ),
    ProblemCode.TIDAK_TERBUKA: (
        "{berkas}: tidak dapat dibuka ({detail}). Periksa apakah berkas ini masih ada dan boleh dibaca.",
        "{berkas}: cannot be opened ({detail}). Check that it is still there and that you may read it.",
    ),
    ProblemCode.BUKAN_BERKAS: (
        "{berkas}: ini bukan berkas biasa. Salin dokumennya ke folder ini.",
        "{berkas}: this is no ordinary file. Copy the document itself into the folder.",
    ),
    ProblemCode.TERLALU_BESAR: (
        "{berkas}: berkas ini terlalu besar ({detail} MiB). Pecah menjadi beberapa berkas.",
        "{berkas}: the file is too large ({detail} MiB). Split it into several files.",
    ),
    ProblemCode.KOSONG: (
        "{berkas}: berkas ini kosong (0 bita). Unduh atau salin ulang dokumennya.",
        "{berkas}: the file is empty (0 bytes). Download or copy the document again.",
    ),
    ProblemCode.BUKAN_PDF: (
        "{berkas}: isinya bukan PDF. Buka berkas ini, lalu simpan ulang sebagai PDF.",
        "{berkas}: its content is not a PDF. Open it and save it as a PDF.",
    ),
    ProblemCode.TERKUNCI: (
        "{berkas}: PDF ini terkunci kata sandi. Minta salinan tanpa kata sandi kepada penerbitnya.",
        "{berkas}: the PDF is locked with a password. Ask its publisher for a copy without one.",
    ),
    ProblemCode.TERPOTONG: (
        "{berkas}: PDF ini terpotong, bagian akhirnya tidak ada. Unduh atau salin ulang dokumennya.",
        "{berkas}: the PDF is cut off, its end is missing. Download or copy the document again.",
    ),
    ProblemCode.RUSAK: (
        "{berkas}: PDF ini rusak dan tidak dapat dibuka. Minta salinan lain, atau cetak ulang menjadi PDF.",
        "{berkas}: the PDF is damaged and cannot be opened. Ask for another copy, or print it to PDF again.",
    ),
    ProblemCode.TANPA_HALAMAN: (
        "{berkas}: PDF ini tidak berisi halaman. Unduh atau minta ulang dokumennya.",
        "{berkas}: the PDF has no pages. Download it or ask for it again.",
    ),
    ProblemCode.TERLALU_BANYAK_HALAMAN: (
        "{berkas}: PDF ini terlalu panjang ({detail} halaman). Pecah menjadi beberapa berkas.",
        "{berkas}: the PDF is too long ({detail} pages). Split it into several files.",
    ),
    ProblemCode.BERHENTI: (
        "{berkas}: pembacaan terhenti tiba-tiba dua kali. Cetak ulang dokumen ini menjadi PDF, lalu coba lagi.",
        "{berkas}: reading it ended abruptly, twice. Print the document to PDF again, then try once more.",
    ),
    ProblemCode.WAKTU_HABIS: (
        "{berkas}: belum selesai dibaca setelah {detail} detik. Beri waktu lebih lama dengan --timeout, "
        "atau pecah dokumennya.",
        "{berkas}: not read after {detail} seconds. Give it more time with --timeout, or split the document.",
    ),
    ProblemCode.MEMORI_HABIS: (
        "{berkas}: memori tidak cukup untuk membacanya. Pecah dokumennya, atau cetak ulang menjadi PDF.",
        "{berkas}: there is not enough memory to read it. Split the document, or print it to PDF again.",
    ),
    ProblemCode.TERLALU_RUMIT: (
        "{berkas}: isi halaman {detail} terlalu rumit untuk dibaca. Keluarkan halaman itu, atau pindai cetakannya.",
        "{berkas}: page {detail} holds too much to be read. Take it out, or scan a printout of it.",
    ),
    ProblemCode.GALAT_PEMBACA: (
        "{berkas}: pembaca gagal pada dokumen ini ({detail}). Laporkan kepada pengelola rkt-pipeline.",
        "{berkas}: the reader failed on this document ({detail}). Report it to the maintainers of rkt-pipeline.",
    ),
    ProblemCode.TAK_TERLIHAT: (
        "{berkas}: tidak terlihat dari mesin pekerja ({detail}). Simpan di folder bersama dengan jalur yang sama di "
        "semua mesin.",
        "{berkas}: cannot be seen from the worker ({detail}). Keep it in a shared folder that has the same path on "
        "all machines.",
    ),
    ProblemCode.LAIN_DI_PEKERJA: (
        "{berkas}: isi berkas ini di mesin pekerja ({detail}) berbeda. Simpan di folder bersama, "
        "bukan salinan per mesin.",
        "{berkas}: the file at this path on the worker ({detail}) is another one. Keep it in a shared folder, not in "
        "copies for each machine.",
    ),
    ProblemCode.HILANG: (
        "{berkas}: berkas ini sudah dipindah, diubah, atau dihapus; hasil pembacaan lama tetap terbit. "
        "Kembalikan berkasnya, masukkan versi barunya, atau tarik: rkt withdraw {detail}",
        "{berkas}: the file was moved, changed or removed; what was read before stays published. "
        "Put it back, ingest the new one, or withdraw it: rkt withdraw {detail}",
    ),
    ProblemCode.HILANG_LAIN: (
        "{berkas}: {detail} dokumen lagi tidak ada berkasnya dan tetap terbit. Bila banyak yang hilang, periksa apakah "
        "disk atau folder bersama terpasang.",
        "{berkas}: the files of {detail} more documents are gone; they stay published. Where many are gone, check that "
        "the disk or shared folder is mounted.",
    ),
    ProblemCode.DITARIK: (
        "{berkas}: dokumen ini sudah ditarik, jadi tidak ikut terbit. Untuk memasukkannya lagi, sebut berkasnya "
        "sendiri: rkt ingest {detail}",
        "{berkas}: the document was withdrawn, so it is left out. To have it again, name the file itself: "
        "rkt ingest {detail}",
    ),
    ProblemCode.DAFTAR_RUSAK: (
        "{berkas}: daftar dokumen ini rusak atau hilang, jadi salinannya yang dipakai. Periksa disk komputer ini.",
        "{berkas}: this list of documents is damaged or gone, so its copy is used. Check the disk of this machine.",
    ),
    ProblemCode.HASIL_RUSAK: (
        "{berkas}: hasil bacanya yang tersimpan rusak, jadi dokumen ini dibaca lagi. Periksa disk komputer ini.",
        "{berkas}: what was read of it was stored and is damaged, so it is read again. Check the disk of this machine.",
    ),
    ProblemCode.HASIL_HILANG: (
        "{berkas}: hasil bacanya yang tersimpan hilang atau rusak, dan berkasnya tidak ada lagi. Dokumen ini tidak "
        "masuk rilis baru. Kembalikan berkasnya, lalu jalankan lagi.",
        "{berkas}: what was read of it is lost or damaged, and the file is gone. The new release goes without it. "
        "Put the file back, then run again.",
    ),
    ProblemCode.TANPA_TABEL: (
        "{berkas}: tidak ada tabel rencana di dalamnya. Periksa apakah ini dokumen yang dimaksud.",
        "{berkas}: there is no table of a plan in it. Check that it is the document that you meant.",
    ),
    ProblemCode.ASAL_BELUM_DICATAT: (
        "{berkas}: asal dokumen ini belum dicatat. Lengkapi {detail} dengan alamat dan penerbitnya.",
        "{berkas}: where the document came from is not recorded. Complete {detail} with its address and publisher.",
    ),
    ProblemCode.SIDECAR_RUSAK: (
        "{berkas}: keterangan asal dokumen di sampingnya tidak dapat dipakai ({detail}). Perbaiki berkas .yaml itu.",
        "{berkas}: the record of its origin beside it cannot be used ({detail}). Correct that .yaml file.",
    ),
    ProblemCode.SIDECAR_BEDA: (
        "{berkas}: isi PDF berbeda dari catatan di {detail}. Pastikan berkasnya benar, lalu perbarui sha256 di sana.",
        "{berkas}: the PDF is not the one that {detail} records. Make sure of the file, then update sha256 there.",
    ),
    ProblemCode.SIDECAR_TAK_TERTULIS: (
        "{berkas}: catatan asal dokumen tidak dapat dibuat ({detail}). Periksa izin tulis folder ini.",
        "{berkas}: the record of its origin could not be made ({detail}). Check that you may write in this folder.",
    ),
}


# What the operating system says, by the name of its error; others keep the system's own words.
_SYSTEM_REASONS: dict[str, tuple[str, str]] = {
    "EACCES": ("izin ditolak", "permission denied"),
    "EPERM": ("izin ditolak", "permission denied"),
    "EROFS": ("hanya dapat dibaca", "read-only"),
    "ENOSPC": ("disk penuh", "disk full"),
    "EDQUOT": ("jatah disk habis", "disk quota used up"),
    "ENOENT": ("tidak ada", "it does not exist"),
    "ENOTDIR": ("bukan folder", "not a folder"),
    "EEXIST": ("bukan folder", "not a folder"),
    "EISDIR": ("ini folder", "it is a folder"),
    "ENAMETOOLONG": ("namanya terlalu panjang", "its name is too long"),
    "ELOOP": ("tautannya berputar", "its links run in a circle"),
    "EINVAL": ("namanya tidak dapat dipakai", "its name cannot be used"),
    "EREMOTEIO": ("server penyimpanan tidak memberikannya", "the storage server does not give it"),
    "ESTALE": ("isinya berubah sejak ditemukan", "its content changed since it was found"),
    "EIO": ("disk bermasalah", "the disk has a fault"),
}


def system_reason(error: OSError) -> str:
    """The name of an operating system's error, such as EACCES; its text where it has no name."""
    return errno.errorcode.get(error.errno or 0, str(error))


def explain_reason(reason: str, language: Language = "id") -> str:
    """What `system_reason` gave, in words of the language; anything else as it is."""
    if reason in _SYSTEM_REASONS:
        return _SYSTEM_REASONS[reason][language != "id"]
    number = getattr(errno, reason, None) if reason in errno.errorcode.values() else None
    return reason if number is None else os.strerror(number)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one file. `detail` is what the message of its code leaves open, empty where nothing is."""

    kode: ProblemCode
    berkas: str
    detail: str = ""

    def message(self, language: Language = "id") -> str:
        """One line for the user: the file, what is wrong, what to do."""
        indonesian, english = _MESSAGES[self.kode]
        text = indonesian if language == "id" else english
        detail = explain_reason(self.detail, language)
        return text.format(berkas=_in_one_line(self.berkas), detail=_in_one_line(detail)[:_LONGEST_DETAIL])


def _in_one_line(text: str) -> str:
    """Names of files and texts of errors may hold line ends, commands to a terminal, and bytes that are no text."""
    return _UNPRINTABLE.sub("\ufffd", _BREAKS.sub(" ", text.strip()))
