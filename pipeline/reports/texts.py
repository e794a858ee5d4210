"""Every text of a report, in Indonesian and in English. What a document prints, and findings, stay as they are."""

from __future__ import annotations

from typing import Literal

Language = Literal["id", "en"]

_TEXTS: dict[str, tuple[str, str]] = {
    "title.comparison": ("Perbandingan rencana kinerja", "Comparison of performance plans"),
    "title.document": ("Laporan rencana kinerja", "Report on a performance plan"),
    "documents": ("Yang dibandingkan", "What was compared"),
    "document": ("Dokumen", "Document"),
    "office": ("Perangkat daerah", "Office"),
    "region": ("Wilayah", "Region"),
    "year": ("Tahun", "Year"),
    "kind": ("Jenis", "Kind"),
    "stage": ("Tahap", "Stage"),
    "status": ("Status baca", "Reading"),
    "pages": ("Halaman", "Pages"),
    "page": ("Hal.", "Page"),
    "key": ("Kunci", "Key"),
    "row": ("Kunci baris", "Row key"),
    "kegiatan": ("Kegiatan", "Kegiatan"),
    "sub_kegiatan": ("Sub kegiatan", "Sub kegiatan"),
    "figure": ("Target (angka)", "Target (number)"),
    "earlier": ("Asal", "Earlier"),
    "later": ("Tujuan", "Later"),
    "difference": ("Selisih", "Difference"),
    "percent": ("Persen", "Percent"),
    "total": ("Jumlah", "Total"),
    "summary": ("Ringkasan", "Summary"),
    "program": ("Program", "Program"),
    "pagu": ("Pagu", "Budget ceiling"),
    "pagu.rupiah": ("Pagu (Rp)", "Budget ceiling (Rp)"),
    "pagu.program": ("Pagu menurut program", "Budget ceilings by program"),
    "pagu.office": ("Pagu menurut perangkat daerah", "Budget ceilings by office"),
    "pagu.note": (
        "Rupiah. Dijumlahkan dari baris terdalam yang memuat pagu (v_pagu), sehingga uang tidak terhitung dua kali.",
        "Rupiah. Added up from the deepest rows that print a ceiling (v_pagu), so that no money is counted twice.",
    ),
    "pagu.none": ("tidak tercetak", "not printed"),
    "pagu.unread": ("{count} pagu tidak terbaca", "{count} amounts could not be read"),
    "pagu.unread.one": ("tidak terbaca", "could not be read"),
    "pagu.unread.title": ("Pagu tidak terbaca", "Amounts not read"),
    "pagu.unread.long": (
        "{count} pagu yang tercetak tidak terbaca atau berada di karantina, dan tidak termasuk dalam jumlah mana pun. "
        "Jumlahnya dapat lebih kecil daripada yang tercetak. Lihat bagian Temuan.",
        "{count} printed amounts could not be read or are in quarantine, and are in none of the sums. The sums may "
        "be smaller than what is printed. See the findings.",
    ),
    "printed": ("Tercetak di baris program", "Printed on the program's row"),
    "rows": ("Baris", "Rows"),
    "largest": ("Sepuluh perubahan pagu terbesar", "The ten largest changes of budget"),
    "largest.none": ("Tidak ada pagu yang berubah.", "No budget ceiling changed."),
    "kinds": ("Perubahan menurut jenis", "Changes by kind"),
    "changes": ("Perubahan", "Changes"),
    "changes.all": ("Semua perubahan", "All changes"),
    "changes.none": ("Tidak ada perubahan.", "No changes."),
    "changes.previous": (
        "Perubahan terhadap dokumen sebelumnya",
        "Changes against the previous document",
    ),
    "findings": ("Temuan", "Findings"),
    "findings.level": ("Temuan menurut tingkat", "Findings by level"),
    "findings.none": ("Tidak ada temuan.", "No findings."),
    "findings.language": ("", "The findings are worded in Indonesian, as they are published."),
    "plan": ("Rencana", "Plan"),
    "plan.none": ("Tidak ada program atau kegiatan yang terbaca.", "No program or kegiatan was read."),
    "listing": ("Tabel halaman {first}–{last}", "Table on pages {first}–{last}"),
    "listing.one": ("Tabel halaman {first}", "Table on page {first}"),
    "listing.unknown": ("Tabel", "Table"),
    "indicators": ("Indikator", "Indicators"),
    "indicators.loose": ("Indikator di atas tingkat program", "Indicators above the programs"),
    "indicator": ("Indikator", "Indicator"),
    "target": ("Target", "Target"),
    "unit": ("Satuan", "Unit"),
    "level": ("Tingkat", "Level"),
    "name": ("Nama", "Name"),
    "number": ("Nomor", "Number"),
    "code": ("Kode", "Code"),
    "column": ("Kolom", "Column"),
    "message": ("Pesan", "Message"),
    "value": ("Nilai", "Value"),
    "reference": ("Pembanding", "Compared with"),
    "doubt": ("Yang diragukan", "In doubt"),
    "aspect": ("Aspek", "Aspect"),
    "similarity": ("Kemiripan", "Similarity"),
    "table": ("Tabel", "Table"),
    "counted": ("Pagu terhitung", "Ceiling counted"),
    "goal": ("Tujuan", "Goal"),
    "objective": ("Sasaran", "Objective"),
    "misi": ("Misi", "Mission"),
    "rest": (
        "Ditampilkan {shown} dari {total}. Semuanya ada di {file}, lembar “{sheet}”.",
        "{shown} of {total} are shown. All are in {file}, sheet “{sheet}”.",
    ),
    "duplicate": (
        "Dokumen ini kiriman ulang dari {other}. Pagunya tidak dijumlahkan agar tidak terhitung dua kali.",
        "This document is a copy of {other}. Its ceilings are not added up, so that nothing is counted twice.",
    ),
    "unfinished": (
        "Dokumen ini tidak terbaca lengkap (status {status}): angka mungkin tidak utuh. Lihat temuannya.",
        "This document was not read in full (status {status}): the figures may be incomplete. See its findings.",
    ),
    "footer": (
        "Angka seperti tercetak dalam dokumen. Kunci dan halaman menunjukkan asalnya: rkt bukti BARIS_ID.",
        "Figures as printed in the documents, written the Indonesian way (1.234,5). Key and page show where they come "
        "from: rkt bukti BARIS_ID.",
    ),
    "chart.most": (
        "Gambar memuat {shown} yang terbesar dari {total}.",
        "The picture shows the {shown} largest of {total}.",
    ),
    "axis.million": ("Rp juta", "million Rp"),
    "axis.billion": ("Rp miliar", "billion Rp"),
    "axis.rupiah": ("Rp", "Rp"),
    "cut": (" … [dipotong]", " … [cut]"),
    "level.galat": ("galat", "error"),
    "level.peringatan": ("peringatan", "warning"),
    "level.info": ("info", "info"),
    "aspect.baru": ("baru", "new"),
    "aspect.hilang": ("hilang", "gone"),
    "aspect.nama": ("nama", "name"),
    "aspect.induk": ("induk", "parent"),
    "aspect.pagu": ("pagu", "ceiling"),
    "aspect.target": ("target", "target"),
    "aspect.satuan": ("satuan", "unit"),
    "sheet.baru": ("Baru", "New"),
    "sheet.hilang": ("Hilang", "Gone"),
    "sheet.nama": ("Nama berubah", "Names changed"),
    "sheet.induk": ("Induk berubah", "Parents changed"),
    "sheet.pagu": ("Pagu berubah", "Ceilings changed"),
    "sheet.target": ("Target berubah", "Targets changed"),
    "sheet.satuan": ("Satuan berubah", "Units changed"),
    "doubtful": ("Diragukan", "In doubt"),
    "doubt.mark": ("diragukan", "in doubt"),
    "doubt.legend": (
        "pembacaan angka atau teks di sebelahnya tidak pasti, dan jumlah yang memuatnya pun tidak. Sebabnya ada di "
        "bagian Temuan; cocokkan dengan halamannya: rkt bukti BARIS_ID.",
        "the figure or text beside it may not have been read rightly, and so may a sum that holds it. The reason is "
        "among the findings; check it on its page: rkt bukti BARIS_ID.",
    ),
    "unsure": ("Yang tidak dapat dipastikan", "What is not certain"),
    "unsure.what": ("Apa", "What"),
    "unsure.none": (
        "Tidak ada perubahan yang pembacaannya diragukan, dan tidak ada yang hanya dimuat salah satu dokumen.",
        "No change whose reading is in doubt, and nothing that only one of the documents has.",
    ),
    "unsure.PERBANDINGAN_SEBAGIAN": ("tidak terbaca seluruhnya", "not read in full"),
    "unsure.PERUBAHAN_TAK_DIKETAHUI": ("tidak dapat dibandingkan", "could not be compared"),
    "unsure.PERUBAHAN_DIRAGUKAN": ("perubahan diragukan", "change in doubt"),
    "unsure.only_before": ("hanya di dokumen asal", "in the earlier document only"),
    "unsure.only_after": ("hanya di dokumen tujuan", "in the later document only"),
    "unsure.only_before.long": (
        "Tidak dibandingkan, karena dokumen tujuan tidak memuatnya sama sekali: {names}.",
        "Not compared, for the later document has none at all: {names}.",
    ),
    "unsure.only_after.long": (
        "Tidak dibandingkan, karena dokumen asal tidak memuatnya sama sekali: {names}.",
        "Not compared, for the earlier document has none at all: {names}.",
    ),
    "compared.with": ("Dibandingkan dengan {edition}: {file}.", "Compared with {edition}: {file}."),
    "compared.same": (
        "Dibandingkan dengan {edition}: {file}. Tidak ada perbedaan.",
        "Compared with {edition}: {file}. No difference.",
    ),
    "compared.not": (
        "Tidak dibandingkan: rilis ini tidak memuat dokumen lain dari perangkat daerah dan jenis ini yang menjadi "
        "pembandingnya.",
        "Not compared: this release has no other document of this office and kind to compare it with.",
    ),
    "plans.left_out": (
        "Lebih dari {most} pasang: buku kerja tidak memuat rencana setiap dokumen, dan hanya temuan yang meragukan "
        "angka. Laporan lengkap satu dokumen: rkt laporan KUNCI.",
        "More than {most} pairs: the workbook leaves out the plans of the documents, and of their findings has only "
        "those that doubt a figure. The whole report of one: rkt laporan KEY.",
    ),
    "doubt.pembacaan": ("pembacaan", "reading"),
    "doubt.isi": ("isi dokumen", "content"),
}


class Words:
    """The texts in one language: `words("key", name=value)`; unknown keys and missing values raise KeyError."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def __call__(self, key: str, **values: object) -> str:
        indonesian, english = _TEXTS[key]
        return (indonesian if self.language == "id" else english).format(**values)

    def level(self, value: str) -> str:
        """A level of the hierarchy as it is said: `sub_kegiatan` is `sub kegiatan` in both languages."""
        return value.replace("_", " ")
