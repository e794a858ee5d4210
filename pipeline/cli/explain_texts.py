"""What `rkt explain` says and writes on its pictures, in Indonesian and in English."""

from __future__ import annotations

EXPLAIN_TEXTS: dict[str, tuple[str, str]] = {
    "opt.page": (
        "Hanya tabel di halaman ini, dihitung dari 1.",
        "Only the tables on this page, counted from 1.",
    ),
    "opt.picture": (
        "Gambar halaman itu sebagai PNG: bingkai, sel, baris, sambungan antarhalaman, kepala dan kaki halaman.",
        "Draw that page as a PNG: frames, cells, rows, joins over pages, running headers and footers.",
    ),
    "opt.picture_output": (
        "Berkas PNG atau folder untuk gambar itu; bawaannya NAMA-h003.png di folder ini.",
        "The PNG file or the folder for that picture; NAME-h003.png in this folder by default.",
    ),
    "explain.none": ("Tidak ada tabel dalam berkas ini.", "There is no table in this file."),
    "explain.table": (
        "Tabel {number} · halaman {pages} · {title}\nTata letak: {layout}. Kolom yang dikenal: {known} dari {named}.",
        "Table {number} · page {pages} · {title}\nLayout: {layout}. Columns known: {known} of {named}.",
    ),
    "explain.unknown_table": (
        "Tabel {number} · halaman {pages} · {title}\n"
        "TIDAK DIKENAL: isinya tidak dijadikan data. Kolom yang dikenal: {known} dari {named}.",
        "Table {number} · page {pages} · {title}\n"
        "NOT UNDERSTOOD: it yields no data. Columns known: {known} of {named}.",
    ),
    "explain.headless": (
        "Judul kolom tidak ditemukan. Paling atas: {texts}",
        "No header was found. At the top: {texts}",
    ),
    "explain.untitled": ("(tanpa judul)", "(no title)"),
    "explain.leaves": ("Kolom", "Column"),
    "explain.header": ("Judul kolom", "Header"),
    "explain.field": ("Dibaca sebagai", "Read as"),
    "explain.why": ("Karena", "Because of"),
    "explain.more": ("Keterangan", "More"),
    "explain.unknown": ("? belum dikenal", "? not known"),
    "explain.unnamed": ("(tanpa judul kolom)", "(no header)"),
    "explain.role.indikator": ("nomor indikator", "ordinals of the indicators"),
    "explain.role.next": ("tahun berikutnya", "next year"),
    "explain.role.past": ("tahun lalu atau sebelum perubahan", "past, or before the change"),
    "explain.year": ("tahun {year}", "year {year}"),
    "explain.unit": ("satuan {unit}", "unit {unit}"),
    "explain.open_scale": ("satuan uangnya tidak pasti", "its unit of money is open"),
    "explain.scale": ("angka dikalikan {scale}", "figures times {scale}"),
    "explain.doubted": ("diragukan", "doubted"),
    "explain.second": ("berikutnya {role}, selisih {margin:.1f}", "next best {role}, margin {margin:.1f}"),
    "explain.complete": ("Semua judul kolom dikenal.", "Every header is known."),
    "explain.missing": ("{count} frasa belum dikenal.", "{count} phrases are not known."),
    "explain.advice": (
        "# Simpan baris-baris ini sebagai berkas, misalnya kosakata.yaml, lalu pakai: --vocabulary kosakata.yaml\n"
        "# Frasa di bawah `ignored` tidak dijadikan data. Pindahkan frasa lain ke artinya:\n"
        "# di bawah `fields`, pilih: {fields}\n"
        "# di bawah `levels`, pilih: {levels}",
        "# Save these lines as a file, such as vocabulary.yaml, and use it: --vocabulary vocabulary.yaml\n"
        "# A phrase under `ignored` yields no data. Move the others to what they mean:\n"
        "# under `fields`, choose: {fields}\n"
        "# under `levels`, choose: {levels}",
    ),
    "explain.picture_needs_page": (
        "--gambar dan --output memerlukan halamannya, misalnya: rkt explain {name} --halaman 3 --gambar",
        "--gambar and --output need a page, as in: rkt explain {name} --halaman 3 --gambar",
    ),
    "explain.no_page": (
        "{name}: tidak ada halaman {page}; halamannya 1 sampai {pages}.",
        "{name}: there is no page {page}; its pages are 1 to {pages}.",
    ),
    "explain.damaged_page": (
        "{name}: halaman {page} rusak dan tidak dapat dibuka. Simpan ulang PDF itu, atau pindai lagi halamannya.",
        "{name}: page {page} is damaged and cannot be opened. Save the PDF anew, or scan the page again.",
    ),
    "explain.none_on_page": ("Tidak ada tabel di halaman {page}.", "There is no table on page {page}."),
    "explain.copy": (
        "Halaman {page} salinan halaman {original}: isinya dibaca di sana.",
        "Page {page} is a copy of page {original}: it is read there.",
    ),
    # On the picture.
    "drawn.page": ("{name} · halaman {page} dari {pages}", "{name} · page {page} of {pages}"),
    "drawn.scan": ("pindaian, diputar {turn}°, diluruskan {skew}°", "scan, turned by {turn}°, straightened by {skew}°"),
    "drawn.table": ("Tabel {number}", "Table {number}"),
    "drawn.table_line": (
        "Tabel {number} · halaman {pages} · baris {rows} dari {count} · {title}",
        "Table {number} · page {pages} · rows {rows} of {count} · {title}",
    ),
    "drawn.layout": ("tata letak {layout}", "layout {layout}"),
    "drawn.signs": ("Keraguan: {signs}", "Doubts: {signs}"),
    "drawn.before": ("lanjutan tabel {number} dari hal. {page}", "table {number} goes on from page {page}"),
    "drawn.after": ("tabel {number} berlanjut ke hal. {page}", "table {number} goes on to page {page}"),
    "drawn.score": ("{said} (skor {score}, margin {margin})", "{said} (score {score}, margin {margin})"),
    "drawn.running": ("kepala/kaki halaman", "running header/footer"),
    "drawn.more": ("… dan {count} baris lagi", "… and {count} more lines"),
    "legend.frame": ("bingkai; tiap tabel satu warna", "frame; a colour for each table"),
    "legend.cell": ("sel; sel gabungan satu kotak", "cell; a merged one is one box"),
    "legend.cut": ("sel yang berlanjut di halaman lain", "cell that goes on on another page"),
    "legend.header": ("judul kolom", "header"),
    "legend.repeated": ("judul kolom yang dicetak ulang", "header printed again"),
    "legend.row": ("baris, dari 1 (dalam sel_id dari 0)", "row, from 1 (in sel_id from 0)"),
    "legend.column": ("kolom, dan dibaca sebagai apa", "column, and what it is read as"),
    "legend.running": ("kepala/kaki halaman berulang", "running header or footer"),
    "legend.outside": ("teks di luar tabel", "text outside tables"),
    "legend.unread": ("tulisan yang tidak terbaca", "writing that cannot be read"),
}
