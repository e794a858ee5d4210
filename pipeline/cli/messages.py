"""Every text that the command line says, in Indonesian and in English."""

from __future__ import annotations

import os

from pipeline.cli.compare_texts import COMPARE_TEXTS
from pipeline.cli.explain_texts import EXPLAIN_TEXTS
from pipeline.cli.fetch_texts import FETCH_TEXTS
from pipeline.cli.progress_texts import PROGRESS_TEXTS
from pipeline.cli.release_texts import RELEASE_TEXTS
from pipeline.cli.serve_texts import SERVE_TEXTS
from pipeline.cli.status_texts import STATUS_TEXTS
from pipeline.intake import Language

LANGUAGE_VARIABLE = "RKT_LANG"
LANGUAGES: tuple[Language, ...] = ("id", "en")

_TEXTS: dict[str, tuple[str, str]] = {
    **COMPARE_TEXTS,
    **RELEASE_TEXTS,
    **STATUS_TEXTS,
    **FETCH_TEXTS,
    **PROGRESS_TEXTS,
    **EXPLAIN_TEXTS,
    **SERVE_TEXTS,
    # What the commands are for.
    "help.app": (
        "Membaca Rencana Kinerja Tahunan dari PDF menjadi data yang dapat ditanya, lengkap dengan buktinya.",
        "Reads yearly performance plans out of PDFs into data that can be queried, with evidence for every figure.",
    ),
    "help.ingest": (
        "Baca semua PDF di berkas atau folder ini, lalu terbitkan datanya.",
        "Read all PDFs in these files or folders, and publish the data.",
    ),
    "help.show": ("Tampilkan isi yang terbaca dari satu PDF.", "Show what is read from one PDF."),
    "help.explain": (
        "Jelaskan bagaimana judul kolom tiap tabel dibaca, dan frasa mana yang belum dikenal.",
        "Explain how the header of each table is read, and which phrases are not known yet.",
    ),
    "help.bukti": (
        "Tunjukkan asal satu baris data: gambar halamannya, dengan sel asalnya diberi kotak.",
        "Show where a row of data comes from: a picture of its page, with the row's cells boxed.",
    ),
    "help.ekspor": ("Simpan satu dataset untuk Excel.", "Save one dataset for Excel."),
    "help.laporan": (
        "Buat laporan satu dokumen: halaman HTML untuk dibaca dan dicetak, dan buku kerja Excel.",
        "Write the report of one document: an HTML page to read and print, and an Excel workbook.",
    ),
    "help.query": ("Tanya data dengan SQL.", "Query the data with SQL."),
    "help.temuan": (
        "Daftar temuan: apa yang diragukan, dan di mana.",
        "List the findings: what is in doubt, where.",
    ),
    "help.reference": (
        "Nomenklatur resmi yang dipakai untuk mencocokkan kode dan nama.",
        "The official nomenclature that codes and names are matched against.",
    ),
    "help.reference.import": (
        "Simpan nomenklatur dari berkas CSV (kolom level, kode, nama; boleh juga status, jenis_pemda, vintage).",
        "Store a nomenclature from a CSV (columns level, kode, nama; status, jenis_pemda, vintage if it has them).",
    ),
    "help.reference.show": (
        "Tampilkan nomenklatur yang tersimpan; tanpa itu, kode yang dipakai dalam dokumen.",
        "Show the stored nomenclature; without one, the codes that documents use.",
    ),
    "help.reference.remove": ("Hapus nomenklatur yang tersimpan.", "Remove a stored nomenclature."),
    "help.status": ("Keadaan data yang terbit.", "The state of the published data."),
    # Arguments and options.
    "arg.paths": (
        "Berkas PDF atau folder, juga alamat seperti s3://bucket/raw.",
        "PDF files or folders, or addresses such as s3://bucket/raw.",
    ),
    "arg.file": ("Berkas PDF atau alamatnya.", "A PDF file or its address."),
    "arg.document": (
        "Berkas PDF yang sudah dibaca, namanya, atau kuncinya (dokumen_id).",
        "A PDF that has been read, its name, or its key (dokumen_id).",
    ),
    "arg.baris_id": ("Kunci baris, kolom baris_id.", "The key of a row, column baris_id."),
    "arg.dataset": ("Nama dataset, misalnya indikator.", "The name of a dataset, such as indikator."),
    "arg.target": ("Berkas hasil, .xlsx atau .csv.", "The file to write, .xlsx or .csv."),
    "arg.sql": ("Perintah SELECT.", "A SELECT statement."),
    "arg.csv": ("Berkas CSV nomenklatur.", "The CSV of a nomenclature."),
    "arg.edisi": ("Tahun edisi, atau `tanpa-tahun`.", "The year of the edition, or `tanpa-tahun`."),
    "opt.edisi": (
        "Tahun edisi; bawaannya dari kolom vintage, lalu dari nama berkas.",
        "The year of the edition; by default from the column vintage, then from the name of the file.",
    ),
    "opt.curated": ("Folder data yang terbit.", "The folder of the published data."),
    "opt.workers": ("Banyaknya proses pembaca; bawaannya satu per inti prosesor.", "Reader processes; one per core."),
    "opt.timeout": (
        "Batas waktu per dokumen, dalam detik; setiap 40 halaman menambah sebanyak itu lagi.",
        "Time limit per document, in seconds; each 40 pages add as much again.",
    ),
    "opt.runner": (
        "Siapa yang membaca: proses di mesin ini (local), atau klaster Dask atau Ray.",
        "Who reads: processes of this machine (local), or a Dask or Ray cluster.",
    ),
    "opt.address": (
        "Alamat klaster yang sudah ada; tanpa ini, klaster dijalankan di mesin ini.",
        "The address of a cluster that exists; without it one is started on this machine.",
    ),
    "opt.memory": ("Batas memori per proses, dalam MiB.", "Memory limit per process, in MiB."),
    "opt.samarkan": ("Samarkan NIP; hanya 4 digit terakhir yang terbaca.", "Mask NIPs, all but the last 4 digits."),
    "opt.vocabulary": (
        "Berkas YAML berisi frasa tambahan untuk judul kolom.",
        "A YAML file with more phrases for table headers.",
    ),
    "opt.output": (
        "Berkas gambar PNG yang ditulis; bila beberapa, namanya ditambah dokumen dan halamannya.",
        "The PNG file to write; of several, each name gets its document and page.",
    ),
    "opt.output_folder": ("Folder tempat laporan ditulis.", "The folder to write the report into."),
    "opt.pdf": ("PDF asalnya, bila sudah dipindah; dapat diulang.", "The PDF, where it has been moved; repeatable."),
    "opt.pemisah": ("Pemisah kolom CSV; ';' untuk Excel Indonesia.", "The CSV separator; ';' for Indonesian Excel."),
    "opt.format": ("Bentuk keluaran.", "The form of the output."),
    "opt.kode": ("Hanya kode temuan ini.", "Only this code."),
    "opt.tingkat": ("Hanya tingkat ini.", "Only this level."),
    "opt.jenis": ("Hanya jenis ini.", "Only this kind."),
    "opt.dokumen": (
        "Hanya dokumen ini: dokumen_id, atau bagian nama berkas.",
        "Only this document: id or name.",
    ),
    "opt.limit": ("Paling banyak sekian baris; 0 untuk semua.", "At most so many rows; 0 for all."),
    # Usage errors.
    "usage.missing": ("belum ada {name}", "{name} is missing"),
    "usage.option": ("pilihan {name} tidak dikenal", "there is no option {name}"),
    "usage.value": ("nilai {name} tidak dapat dipakai", "the value of {name} cannot be used"),
    "usage.other": ("perintah ini tidak dikenal atau tidak lengkap", "the command is unknown or incomplete"),
    "usage.line": ("Salah perintah: {problem}. Lihat: {help}", "Wrong usage: {problem}. See: {help}"),
    "usage.language": ("--lang hanya id atau en", "--lang is id or en"),
    "usage.target": (
        "{path}: akhiran berkas harus .xlsx atau .csv",
        "{path}: the file must end in .xlsx or .csv",
    ),
    "usage.separator": ("pemisah harus satu tanda, misalnya ; atau ,", "the separator must be one character"),
    # Errors that a user can do something about.
    "error.unwritable": (
        "{path}: tidak dapat ditulis ({reason}). Periksa izin dan ruang disk, atau pilih folder lain dengan --curated.",
        "{path}: cannot be written ({reason}). Check permissions and disk space, or choose another folder "
        "with --curated.",
    ),
    "error.target": (
        "{path}: tidak dapat ditulis ({reason}). Tutup berkas itu bila sedang terbuka, atau pilih tempat lain.",
        "{path}: cannot be written ({reason}). Close the file if it is open, or choose another place.",
    ),
    "error.words": (
        "{path}: kosakata ini tidak dapat dipakai: {reason}",
        "{path}: this vocabulary cannot be used: {reason}",
    ),
    "words.encoding": ("bukan teks UTF-8", "it is no UTF-8 text"),
    "words.yaml": ("bukan YAML yang benar, lihat baris {line}", "it is no valid YAML, see line {line}"),
    "words.sections": ("isinya harus bagian-bagian: {known}", "it must hold sections: {known}"),
    "words.section": (
        "bagian `{name}` tidak dikenal. Pilih: {known}",
        "there is no section `{name}`. Choose: {known}",
    ),
    "words.names": ("`{name}` harus berisi nama: {known}", "`{name}` must hold names: {known}"),
    "words.name": (
        "`{name}` tidak ada dalam `{section}`. Pilih: {known}",
        "there is no `{name}` in `{section}`. Choose: {known}",
    ),
    "words.list": (
        "`{name}` harus berupa daftar frasa, misalnya [frasa satu, frasa dua]",
        "`{name}` must be a list of phrases, such as [first phrase, second phrase]",
    ),
    "words.text": (
        "`{name}` berisi {value}, bukan teks. Beri tanda kutip",
        "`{name}` holds {value}, which is no text. Put it in quotes",
    ),
    "error.csv": (
        "{path}: nomenklatur ini tidak dapat dipakai: {reason}.",
        "{path}: this nomenclature cannot be used: {reason}.",
    ),
    "csv.unreadable": ("tidak dapat dibaca ({reason})", "it cannot be read ({reason})"),
    "csv.encoding": ("bukan teks UTF-8; simpan sebagai CSV UTF-8", "it is no UTF-8 text; save it as CSV UTF-8"),
    "csv.columns": (
        "tidak ada kolom {names}. Baris pertama berkas memuat nama kolom; di sini: {found}",
        "there is no column {names}. The first line of the file holds the names of its columns; here: {found}",
    ),
    "csv.size": (
        "besarnya {size} MiB, lebih dari {most} MiB; nomenklatur lengkap tidak sampai 5 MiB. Periksa berkasnya",
        "it has {size} MiB, more than {most} MiB; the whole nomenclature has less than 5 MiB. Check the file",
    ),
    "csv.empty": ("tidak ada isinya", "it is empty"),
    "csv.line": ("baris {line} bukan CSV yang benar", "line {line} is no valid CSV"),
    "csv.level": (
        "baris {line}: level `{value}` tidak dikenal. Pilih: {known}",
        "line {line}: there is no level `{value}`. Choose: {known}",
    ),
    "csv.kode": ("baris {line}: `{value}` bukan kode", "line {line}: `{value}` is no code"),
    "csv.nama": ("baris {line}: nama kosong", "line {line}: the name is empty"),
    "csv.jenis_pemda": (
        "baris {line}: jenis_pemda `{value}` tidak dikenal. Pilih: provinsi, kabupaten/kota",
        "line {line}: there is no jenis_pemda `{value}`. Choose: provinsi, kabupaten/kota",
    ),
    "csv.vintage": ("baris {line}: vintage `{value}` bukan tahun", "line {line}: the vintage `{value}` is no year"),
    "error.edition": (
        "{name}: edisi ini tidak tersimpan. Lihat: rkt reference show",
        "{name}: there is no such edition. See: rkt reference show",
    ),
    "error.busy": (
        "{path}: sedang dipakai oleh rkt ingest lain. Tunggu sampai selesai, lalu coba lagi.",
        "{path}: in use by another rkt ingest. Wait until it is done, then try again.",
    ),
    "error.not_published": (
        "{name}: tidak ada di rilis ini. Baca dahulu dengan: rkt ingest BERKAS",
        "{name}: not in this release. Read it first with: rkt ingest FILE",
    ),
    "error.unreadable": (
        "{name}: tidak dapat dibaca ({reason}). Periksa izin berkas itu.",
        "{name}: cannot be read ({reason}). Check the permissions of the file.",
    ),
    "error.no_evidence": (
        "{name}: baris ini tidak berasal dari sel tertentu, jadi tidak ada yang dapat diberi kotak.",
        "{name}: the row comes from no cell in particular, so there is nothing to box.",
    ),
    "error.no_pdf": (
        "{name}: PDF asalnya tidak ditemukan. Sebutkan tempatnya dengan --pdf BERKAS.",
        "{name}: its PDF was not found. Say where it is with --pdf FILE.",
    ),
    "error.other_pdf": (
        "{name}: bukan PDF asal baris ini, isinya berbeda. Sebutkan berkas yang benar dengan --pdf.",
        "{name}: not the PDF that the row comes from, its content differs. Name the right one with --pdf.",
    ),
    "error.prefect": (
        "Server Prefect tidak menjawab ({reason}). Periksa PREFECT_API_URL, atau kosongkan agar rkt memakai servernya "
        "sendiri.",
        "The Prefect server does not answer ({reason}). Check PREFECT_API_URL, or unset it and rkt runs its own.",
    ),
    "error.interrupted": ("Dihentikan. Data yang terbit tidak berubah.", "Stopped. The published data is unchanged."),
    "error.state": (
        "{path}: catatan dokumen rusak. Hapus berkas ini, lalu jalankan rkt ingest untuk semua folder.",
        "{path}: the list of documents is damaged. Delete it, then run rkt ingest over all folders.",
    ),
    "error.dataset": ("{name}: dataset ini tidak ada. Pilih: {known}", "{name}: no such dataset. Choose: {known}"),
    # What a run tells.
    "summary.title": ("Ringkasan", "Summary"),
    "summary.document": ("Dokumen", "Document"),
    "summary.status": ("Status", "Status"),
    "summary.pages": ("Halaman", "Pages"),
    "summary.copies": ("Salinan", "Copies"),
    "summary.records": ("Baris data", "Records"),
    "summary.findings": ("Temuan", "Findings"),
    "summary.quarantine": ("Karantina", "Quarantine"),
    "summary.total": ("Jumlah", "Total"),
    "summary.rest": ("{count} dokumen lain", "{count} other documents"),
    "summary.cached": ("hasil lama, berkas tidak berubah", "as read before, unchanged"),
    "summary.release": (
        "Terbit: rilis {number} di {path} ({count} dokumen).",
        "Published: release {number} in {path} ({count} documents).",
    ),
    "summary.no_release": (
        "Tidak ada yang terbit, karena tidak ada dokumen yang terbaca. Data yang lama tetap berlaku.",
        "Nothing was published, because no document could be read. The earlier data stands.",
    ),
    "summary.twins": (
        "{count} berkas sama persis dengan berkas lain dan tidak dihitung lagi.",
        "{count} files are the same as another, byte for byte, and were not counted again.",
    ),
    "summary.duplicates": (
        "{count} dokumen adalah kiriman ulang dan tidak ikut dalam view. Lihat: rkt temuan --kode DOKUMEN_GANDA",
        "{count} documents were delivered again and are left out of the views. See: rkt temuan --kode DOKUMEN_GANDA",
    ),
    "summary.added": (
        "Rilis ini memuat {count} temuan lagi, dari nomenklatur, kiriman ulang, dan perbandingan antardokumen.",
        "The release adds {count} findings: of the nomenclature, documents delivered again, and comparisons.",
    ),
    "summary.failed": ("Gagal: {message}", "Failed: {message}"),
    "summary.partial": (
        "Sebagian: {berkas}: {reason}. Lihat: rkt temuan --dokumen {dokumen_id}",
        "Partial: {berkas}: {reason}. See: rkt temuan --dokumen {dokumen_id}",
    ),
    "summary.next": (
        "Temuan: rkt temuan. Bukti satu baris: rkt bukti BARIS_ID.",
        "Findings: rkt temuan. Evidence of a row: rkt bukti BARIS_ID.",
    ),
    "partial.unread_pages": ("{count} halaman pindaian belum terbaca", "{count} scanned pages not read"),
    "partial.unknown_tables": ("{count} tabel tidak dikenali", "{count} tables not understood"),
    "partial.quarantine": ("{count} baris di karantina", "{count} records in quarantine"),
    "partial.other": ("ada bagian yang tidak terbaca", "not all of it was read"),
    "notice": ("Catatan: {message}", "Note: {message}"),
    # Tables in the terminal.
    "show.nothing": ("Tidak ada data rencana yang terbaca dari berkas ini.", "No plan data was read from this file."),
    "show.more": ("… dan {count} baris lagi", "… and {count} more rows"),
    "temuan.none": ("Tidak ada temuan.", "No findings."),
    "temuan.count": ("{count} temuan", "{count} findings"),
    "reference.edition": ("Edisi", "Edition"),
    "reference.undated": ("tanpa tahun", "no year"),
    "reference.inactive": ("Nonaktif", "Inactive"),
    "reference.imported": (
        "Edisi {edition} tersimpan: {count} baris di {path}.",
        "Edition {edition} stored: {count} entries in {path}.",
    ),
    "reference.replaced": ("Edisi {edition} yang lama diganti.", "The former edition {edition} was replaced."),
    "reference.duplicates": ("{count} baris kembar dilewati.", "{count} repeated rows were skipped."),
    "reference.twice": ("{count} kode memiliki lebih dari satu nama.", "{count} codes have more than one name."),
    "reference.misshaped": (
        "{count} kode tidak berbentuk kode levelnya, misalnya {example}.",
        "{count} codes do not have the form of their level, such as {example}.",
    ),
    "reference.next": (
        "Berlaku mulai rilis berikutnya: jalankan rkt ingest. Dokumen tidak dibaca ulang.",
        "It counts from the next release on: run rkt ingest. No document is read again.",
    ),
    "reference.removed": ("Edisi {edition} dihapus.", "Edition {edition} was removed."),
    "reference.seen": (
        "Belum ada nomenklatur yang diimpor. Kode yang dipakai dalam dokumen",
        "No nomenclature was imported. Codes that documents use",
    ),
    "reference.none": (
        "Belum ada nomenklatur yang diimpor, dan belum ada kode dalam data yang terbit.",
        "No nomenclature was imported, and the published data holds no code.",
    ),
    "reference.offices": ("Perangkat daerah", "Offices"),
    "reference.documents": ("Dokumen", "Documents"),
    "query.none": ("Tidak ada baris.", "No rows."),
    "picture.written": ("Gambar: {path} ({berkas}, halaman {page})", "Picture: {path} ({berkas}, page {page})"),
    "laporan.written": ("Laporan: {path}", "Report: {path}"),
    "laporan.replaced": ("Laporan: {path} (menggantikan yang lama)", "Report: {path} (in place of the earlier one)"),
    "ekspor.written": ("{path}: {count} baris dari dataset {name}", "{path}: {count} rows of dataset {name}"),
    "ekspor.cut": (
        "{count} teks terlalu panjang untuk satu sel Excel dan dipotong. Pakai .csv bila perlu utuh.",
        "{count} texts were too long for a cell of Excel and were cut. Use .csv to have them whole.",
    ),
    "bukti.cells": ("Sel asal", "Cells"),
    "level.galat": ("galat", "error"),
    "level.peringatan": ("peringatan", "warning"),
    "level.info": ("info", "info"),
}

_language: Language = "id"


def set_language(language: Language) -> None:
    """The language of all texts from now on. Texts of the help are taken when the commands are imported."""
    global _language
    _language = language


def language() -> Language:
    """The language in use."""
    return _language


def language_from_environment() -> Language:
    """What RKT_LANG says; Indonesian where it says nothing that we speak."""
    return "en" if os.environ.get(LANGUAGE_VARIABLE) == "en" else "id"


def say(key: str, **values: object) -> str:
    """A text in the language in use. Raises KeyError for an unknown key or a value that is missing."""
    indonesian, english = _TEXTS[key]
    return (indonesian if _language == "id" else english).format(**values)
