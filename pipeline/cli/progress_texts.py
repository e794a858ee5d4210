"""What `rkt ingest` says while it runs, in Indonesian and in English; part of `messages.py`."""

from __future__ import annotations

PROGRESS_TEXTS: dict[str, tuple[str, str]] = {
    "progress.starting": ("Menyiapkan …", "Starting …"),
    "progress.reading": ("Membaca dokumen", "Reading documents"),
    "progress.planned": ("Membaca {count} dokumen.", "Reading {count} documents."),
    "progress.document": ("[{done}/{total}] {document}: {how}", "[{done}/{total}] {document}: {how}"),
    "progress.how": ("{status}, {pages} halaman, {seconds} detik", "{status}, {pages} pages, {seconds} seconds"),
    "progress.publishing": ("Menerbitkan data …", "Publishing …"),
    "stopped.reading": (
        "Dihentikan ({signal}) setelah {done} dari {total} dokumen; yang sudah dibaca disimpan, dan rilis yang terbit "
        "tetap berlaku. Jalankan lagi untuk melanjutkan.",
        "Stopped ({signal}) after {done} of {total} documents; what was read is kept, and the published release "
        "stands. Run it again to go on.",
    ),
    "stopped.early": (
        "Dihentikan ({signal}) sebelum ada yang dibaca; rilis yang terbit tetap berlaku. Jalankan lagi untuk memulai.",
        "Stopped ({signal}) before anything was read; the published release stands. Run it again to begin.",
    ),
}
