"""What `rkt fetch` says, in Indonesian and in English; part of `messages.py`."""

from __future__ import annotations

FETCH_TEXTS: dict[str, tuple[str, str]] = {
    "help.fetch": (
        "Ambil dokumen yang baru dari alamat-alamat di daftar sumber ke folder raw.",
        "Fetch what is new at the addresses of a list of sources into the folder raw.",
    ),
    "opt.sources": ("Daftar sumber; bawaannya sources.yaml di folder raw.", "The list; by default raw/sources.yaml."),
    "fetch.elsewhere": (
        "{path}: dokumen hanya dapat diambil ke folder di komputer ini. Setelah itu salin ke alamat ini.",
        "{path}: documents can be fetched into a folder of this computer only. Copy them to that address afterwards.",
    ),
    "opt.raw": ("Folder dokumen.", "The folder of documents."),
    "opt.dry_run": ("Tunjukkan saja apa yang akan diambil.", "Only show what would be fetched."),
    "opt.allow_private": (
        "Izinkan alamat di jaringan sendiri (localhost, 10.x, 192.168.x).",
        "Allow addresses inside private networks (localhost, 10.x, 192.168.x).",
    ),
    "fetch.address": ("Alamat", "Address"),
    "fetch.file": ("Berkas", "File"),
    "fetch.baru": ("baru", "new"),
    "fetch.berubah": ("berubah", "changed"),
    "fetch.tetap": ("tetap", "unchanged"),
    "fetch.kembar": ("isi sama dengan berkas lain", "same content as another file"),
    "fetch.akan diambil": ("akan diambil", "would be fetched"),
    "fetch.gagal": ("gagal", "failed"),
    "fetch.changed": (
        "{url}: isinya berubah. Yang baru: {path}; yang lama tetap ada: {earlier}.",
        "{url}: its content has changed. The new one: {path}; the old one is kept: {earlier}.",
    ),
    "fetch.twin": (
        "{url}: isinya sama dengan {path}; tidak disimpan lagi.",
        "{url}: its content is that of {path}; not stored again.",
    ),
    "fetch.counts": ("Alamat dokumen: {counts}.", "Addresses of documents: {counts}."),
    "fetch.none": ("{path}: daftar sumber ini kosong.", "{path}: this list of sources is empty."),
    "fetch.next": ("Baca yang baru dengan: rkt ingest {path}", "Read what is new with: rkt ingest {path}"),
    "fetch.busy": (
        "Pengambilan lain sedang berjalan dengan {path}. Tunggu sampai selesai, lalu jalankan lagi.",
        "Another fetch is running with {path}. Wait until it has ended, and run this again.",
    ),
}
