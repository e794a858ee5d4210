"""What `rkt compare` says, in Indonesian and in English; part of `messages.py`."""

from __future__ import annotations

COMPARE_TEXTS: dict[str, tuple[str, str]] = {
    "help.compare": (
        "Bandingkan dua tahun (rkt compare 2023 2024) atau dua dokumen: apa yang berubah dari A ke B.",
        "Compare two years (rkt compare 2023 2024) or two documents: what changed from A to B.",
    ),
    "arg.dari": (
        "Tahun, dokumen_id, atau bagian nama berkas: yang lama.",
        "A year, a dokumen_id or a part of a file name: the earlier one.",
    ),
    "arg.ke": (
        "Tahun, dokumen_id, atau bagian nama berkas: yang baru.",
        "A year, a dokumen_id or a part of a file name: the later one.",
    ),
    "opt.perangkat_daerah": ("Hanya perangkat daerah ini; boleh sebagian.", "Only this office; a part of it will do."),
    "opt.wilayah": ("Hanya wilayah ini; boleh sebagian namanya.", "Only this region; a part of its name will do."),
    "opt.limit.compare": (
        "Paling banyak sekian baris, 0 untuk semua; bawaannya 200 di terminal, selain itu semua.",
        "At most so many rows, 0 for all; by default 200 in the terminal, else all.",
    ),
    "opt.output.compare": ("Berkas hasil, .csv atau .json.", "The file to write, .csv or .json."),
    "opt.laporan.compare": (
        "Tulis juga laporan perbandingan (halaman HTML dan buku kerja Excel) ke folder ini.",
        "Also write a report of the comparison (HTML page and Excel workbook) into this folder.",
    ),
    "usage.output": (
        "Hasil ditulis ke berkas .csv atau .json, bukan {path}; --format harus sama dengan akhiran berkas.",
        "The result is written to a .csv or .json file, not {path}; --format must agree with the file's ending.",
    ),
    "usage.same": (
        "{name} dibandingkan dengan dirinya sendiri. Sebut dua tahun atau dua dokumen yang berbeda.",
        "{name} is compared with itself. Name two different years or documents.",
    ),
    "usage.mixed": (
        "Sebut dua tahun atau dua dokumen, bukan satu tahun dan satu dokumen.",
        "Name two years or two documents, not a year and a document.",
    ),
    "compare.nothing": (
        "Tidak ada dokumen {dari} dan {ke} dari perangkat daerah dan jenis yang sama untuk dibandingkan.",
        "There are no documents of {dari} and {ke} of the same office and kind to compare.",
    ),
    "compare.owners": (
        "Perhatian: yang dibandingkan bukan milik perangkat daerah atau wilayah yang sama: {before} dan {after}.",
        "Note: the two documents are not of the same office or region: {before} and {after}.",
    ),
    "compare.none": ("Tidak ada perbedaan.", "No difference."),
    "compare.written": ("Tertulis: {path} ({count} baris).", "Written: {path} ({count} rows)."),
    "compare.alone": (
        "Hanya ada di tahun {year}: {count} dokumen: {names}",
        "Only in {year}: {count} documents: {names}",
    ),
    "compare.scope": (
        "Dibandingkan: {pairs} pasang dokumen, {nodes} pasang program, kegiatan, dan sub kegiatan, {indicators} pasang "
        "indikator.",
        "Compared: {pairs} pairs of documents, {nodes} of programs/kegiatan/sub kegiatan, {indicators} of indicators.",
    ),
    "compare.changes": ("Perubahan: {counts}.", "Changes: {counts}."),
    "compare.only_from": (
        "Tidak dibandingkan karena hanya ada di dokumen asal (jumlah pasangan): {names}.",
        "Not compared, for only the earlier document has it (pairs): {names}.",
    ),
    "compare.only_to": (
        "Tidak dibandingkan karena hanya ada di dokumen tujuan (jumlah pasangan): {names}.",
        "Not compared, for only the later document has it (pairs): {names}.",
    ),
    "compare.empty": (
        "{count} dokumen tidak memuat program, kegiatan, atau indikator yang terbaca: {names}",
        "{count} documents hold no program, kegiatan or indicator that could be read: {names}",
    ),
    "compare.partial": (
        "{count} dokumen tidak terbaca seluruhnya, jadi yang baru atau hilang mungkin hanya tidak terbaca: {names}",
        "{count} documents were not read in full, so what is new or gone may only not have been read: {names}",
    ),
    "compare.doubted": (
        "{count} perubahan memuat angka atau tulisan yang pembacaannya diragukan. Lihat: rkt temuan",
        "{count} changes hold a figure or text whose reading is in doubt. See: rkt temuan",
    ),
    "compare.untold": (
        "{count} baris tidak dapat dibandingkan: tidak terbaca dengan pasti, atau namanya ada di tingkat lain.",
        "{count} rows could not be compared: not read for certain, or their name stands at another level.",
    ),
}
