"""What `rkt serve` says, in Indonesian and in English; part of `messages.py`."""

from __future__ import annotations

SERVE_TEXTS: dict[str, tuple[str, str]] = {
    "help.serve": (
        "Awasi folder dan daftar sumbernya terus-menerus; yang baru dibaca dan diterbitkan.",
        "Watch folders and their lists of sources all the time; read and publish what is new.",
    ),
    "arg.watched": (
        "Folder atau alamat yang diawasi; bawaannya raw.",
        "The folders or addresses to watch; by default raw.",
    ),
    "opt.interval": ("Detik di antara dua pemeriksaan folder.", "Seconds between two looks at the folders."),
    "opt.settle": (
        "Lewati berkas yang berubah kurang dari sekian detik yang lalu: mungkin belum selesai disalin.",
        "Pass over files that changed less than so many seconds ago: they may still be written.",
    ),
    "opt.sources_every": (
        "Jam di antara dua pemeriksaan sources.yaml di folder; 0: tidak pernah.",
        "Hours between two looks at the sources.yaml of a folder; 0: never.",
    ),
    "serve.started": (
        "Mengawasi {paths}; rilis diterbitkan di {curated}. Hentikan dengan Ctrl+C.",
        "Watching {paths}; releases are published in {curated}. Ctrl+C ends it.",
    ),
    "serve.absent": (
        "{path}: belum ada atau tidak dapat dilihat; ditunggu.",
        "{path}: is not there or may not be seen; waiting for it.",
    ),
    "serve.sources": ("Memeriksa sumber di {path}.", "Looking at the sources in {path}."),
    "serve.found": (
        "{count} berkas baru atau berubah; mulai membaca.",
        "{count} files are new or have changed; reading begins.",
    ),
    "serve.done": ("Selesai; menunggu berkas berikutnya.", "Done; waiting for more."),
    "serve.failed": (
        "Proses tidak sampai selesai (kode {code}); rilis terakhir tetap berlaku. Dicoba lagi setelah {seconds} detik.",
        "The run did not come to its end (code {code}); the last release stands. Next try in {seconds} seconds.",
    ),
    "serve.held_up": (
        "{path} sedang dipakai rkt ingest lain; ditunggu sampai selesai.",
        "{path} is in use by another rkt ingest; waiting until it is done.",
    ),
    "serve.trouble": (
        "Folder tidak dapat diperiksa: {reason}. Dicoba lagi setelah {seconds} detik.",
        "The folders cannot be looked at: {reason}. Next try in {seconds} seconds.",
    ),
    "serve.unnoted": (
        "Waktu pemeriksaan berikutnya tidak dapat dicatat di status.json: {reason}",
        "When the folders are looked at next cannot be put into status.json: {reason}",
    ),
    "serve.busy": (
        "Folder {path} sudah diawasi proses rkt serve lain. Hentikan yang itu dahulu, atau pakai folder lain.",
        "Another rkt serve watches for the folder {path}. End that one first, or use another folder.",
    ),
    "serve.ended": ("Berhenti mengawasi.", "No longer watching."),
    "serve.cut": (
        "Berhenti mengawasi; yang tidak selesai pada waktunya dimatikan.",
        "No longer watching; what had not ended in time was killed.",
    ),
}
