"""What the commands about releases say, in Indonesian and in English; part of `messages.py`."""

from __future__ import annotations

RELEASE_TEXTS: dict[str, tuple[str, str]] = {
    "help.releases": (
        "Daftar rilis yang disimpan, yang terbaru lebih dahulu.",
        "List the kept releases, newest first.",
    ),
    "help.diff": (
        "Hitung baris yang baru, hilang, dan berubah dari rilis A ke rilis B, per dataset dan dokumen.",
        "Count the rows that are new, gone and changed from release A to release B, by dataset and document.",
    ),
    "help.rollback": (
        "Jadikan rilis N yang berlaku. Tidak ada rilis yang dihapus.",
        "Make release N the current one. No release is deleted.",
    ),
    "arg.release": ("Nomor rilis; lihat: rkt releases.", "The number of a release; see: rkt releases."),
    "arg.release.before": ("Nomor rilis yang lama.", "The number of the earlier release."),
    "arg.release.after": ("Nomor rilis yang baru.", "The number of the later release."),
    "opt.keep": (
        "Simpan sekian rilis terbaru dan hapus yang lebih lama; bawaannya semua disimpan. Rilis yang berlaku tidak "
        "pernah dihapus.",
        "Keep so many of the newest releases and delete older ones; by default all are kept. The current release is "
        "never deleted.",
    ),
    "usage.same_release": (
        "Rilis {number} dibandingkan dengan dirinya sendiri. Sebut dua nomor yang berbeda.",
        "Release {number} is compared with itself. Name two different numbers.",
    ),
    "releases.nomor": ("Rilis", "Release"),
    "releases.terbit": ("Terbit", "Published"),
    "releases.dokumen": ("Dokumen", "Documents"),
    "releases.baris": ("Baris data", "Rows"),
    "releases.versi_pembaca": ("Versi pembaca", "Reader version"),
    "releases.keadaan": ("Keadaan", "State"),
    "releases.berlaku": ("berlaku", "current"),
    "releases.rusak": ("rusak", "damaged"),
    "diff.none": ("Isi kedua rilis sama.", "Both releases hold the same."),
    "diff.total": (
        "Dari rilis {before} ke rilis {after}: {added} baris baru, {removed} hilang, {changed} berubah, di {documents} "
        "dokumen.",
        "From release {before} to release {after}: {added} rows new, {removed} gone, {changed} changed, in {documents} "
        "documents.",
    ),
    "rollback.done": (
        "Rilis {number} ({documents} dokumen) sekarang berlaku, menggantikan rilis {was}. Tidak ada yang dihapus.",
        "Release {number} ({documents} documents) is current now, in place of release {was}. Nothing was deleted.",
    ),
    "rollback.already": ("Rilis {number} sudah berlaku.", "Release {number} is current already."),
    "rollback.next": (
        "rkt ingest yang tidak menemukan hal baru membiarkan rilis ini berlaku. Begitu ada yang baru, terbit rilis "
        "{number} dari semua dokumen yang dikenal, termasuk yang tidak ada di rilis ini.",
        "An rkt ingest that finds nothing new leaves this release current. As soon as there is something new, release "
        "{number} is published from all known documents, those that this release lacks included.",
    ),
    "opt.force": (
        "Baca lagi dokumen yang disebut, walaupun hasil bacanya sudah ada.",
        "Read the documents named again although their results are at hand.",
    ),
    "opt.withdraw_missing": (
        "Tarik dokumen yang berkasnya sudah tidak ada di folder yang disebut. Rilis lama tidak berubah.",
        "Withdraw documents whose file has gone from the folders named. Earlier releases stay as they are.",
    ),
    "help.withdraw": (
        "Tarik dokumen: rilis berikutnya terbit tanpa dokumen itu.",
        "Withdraw documents: the next release goes without them.",
    ),
    "arg.withdraw": (
        "Kunci dokumen (dokumen_id) atau awalnya, atau nama berkas seperti di kolom berkas.",
        "The key of a document (dokumen_id) or how it begins, or its name as in the column berkas.",
    ),
    "withdraw.done": (
        "Ditarik: {berkas} ({dokumen_id}). Rilis lama tetap memuatnya.",
        "Withdrawn: {berkas} ({dokumen_id}). Earlier releases still hold it.",
    ),
    "withdraw.already": ("{berkas} ({dokumen_id}) sudah ditarik.", "{berkas} ({dokumen_id}) is withdrawn already."),
    "withdraw.next": (
        "Berlaku mulai rilis berikutnya: jalankan rkt ingest. Untuk memasukkannya lagi, sebut berkasnya sendiri: "
        "rkt ingest BERKAS",
        "It counts from the next release on: run rkt ingest. To have a document again, name its file itself: "
        "rkt ingest FILE",
    ),
    "withdraw.unknown": (
        '{name}: tidak ada dokumen seperti itu. Lihat: rkt query "SELECT dokumen_id, berkas FROM dokumen"',
        '{name}: there is no such document. See: rkt query "SELECT dokumen_id, berkas FROM dokumen"',
    ),
    "withdraw.ambiguous": (
        "{name}: cocok dengan lebih dari satu dokumen: {found}. Sebut dokumen_id lengkapnya.",
        "{name}: several documents fit: {found}. Give the whole dokumen_id.",
    ),
    "summary.unchanged": (
        "Tidak ada yang baru; rilis {number} di {path} tetap berlaku ({count} dokumen).",
        "Nothing is new; release {number} in {path} stands ({count} documents).",
    ),
    "summary.gone_back": (
        "Tidak ada yang baru sejak rilis {newest}; rilis {number} tetap berlaku karena dipilih dengan rkt rollback. "
        "Untuk memakai rilis {newest} lagi: rkt rollback {newest}",
        "Nothing is new since release {newest}; release {number} stands because rkt rollback chose it. "
        "To have release {newest} again: rkt rollback {newest}",
    ),
    "summary.removed": ("Rilis lama dihapus: {numbers}.", "Old releases deleted: {numbers}."),
}
