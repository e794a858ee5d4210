from __future__ import annotations

from pipeline.release.validate import validate
from pipeline.worker.digest import digest
from schemas.ledger import Ledger

DOCUMENT = {"berkas": "rkt.pdf", "sha256": "ab" * 32, "versi_pembaca": "1"}


def test_it_counts_what_an_operator_asks_about() -> None:
    ledger = Ledger("ab" * 8)
    document = ledger.add("dokumen", **DOCUMENT, status="sebagian")
    for page, kind, words, repeats in [
        (1, "teks", 9, None),
        (2, "teks", 9, 1),
        (3, "pindai", 0, None),
        (4, "pindai", 5, None),
    ]:
        ledger.add("halaman", halaman=page, jenis=kind, kata=words, kata_terpakai=words, salinan_dari=repeats)
    for number, layout in enumerate(["tak_dikenal", "rencana"]):
        ledger.add("tabel", halaman=1, tabel_id=f"t{number}", tata_letak=layout)
    ledger.add("program_kegiatan", node_id="n1", level="program", nama="Program Contoh")
    ledger.add("program_kegiatan", node_id="n2", level="bukan tingkat", nama="Program Rusak")
    ledger.doubt_record(document, None, "CONTOH", "isi", "info", "Contoh.")

    outcome = digest(validate(ledger, 2024), 1.23456)

    assert outcome.status == "sebagian"
    assert (outcome.pages, outcome.copies, outcome.unread_pages) == (4, 1, 1)
    assert outcome.unknown_tables == 1
    assert outcome.quarantine == 1
    assert outcome.records == {"dokumen": 1, "program_kegiatan": 1}
    assert outcome.findings["info"] == 1
    assert outcome.seconds == 1.235
