from __future__ import annotations

import pytest

from pipeline.values import join_lines, tidy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  dua   kata\t\n tiga ", "dua kata tiga"),
        ("a\u00a0b\u2009c\u3000d", "a b c d"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("pem\u00adbangunan", "pembangunan"),
        ("pem\u00ad\n bangunan", "pembangunan"),
        ("pem\ufffe\nbangunan", "pembangunan"),
        ("\x00a\x07\ud800b\uffff", "ab"),
        ("e\u0301", "\u00e9"),
        ("\uf0b7 butir", "\uf0b7 butir"),
        ("", ""),
    ],
)
def test_tidy(text: str, expected: str) -> None:
    assert tidy(text) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["pengem-", "bangan"], "pengembangan"),
        (["se-", "hingga"], "sehingga"),
        (["per-", "encanaan"], "perencanaan"),
        (["per-", "bulan"], "per-bulan"),
        (["masing-", "masing"], "masing-masing"),
        (["Perundang-", "undangan"], "Perundang-undangan"),
        (["kegiatan-", "kegiatannya"], "kegiatan-kegiatannya"),
        (["e-", "kinerja"], "e-kinerja"),
        (["non-", "fisik"], "non-fisik"),
        (["DPA-", "OPD"], "DPA-OPD"),
        (["Tahun 2021-", "2026"], "Tahun 2021-2026"),
        (["Tujuan -", "sasaran"], "Tujuan - sasaran"),
        (["-", "butir"], "- butir"),
        (["Desa/", "Kelurahan"], "Desa/ Kelurahan"),
        (["satu", "", " dua "], "satu dua"),
        ([], ""),
    ],
)
def test_join_lines(lines: list[str], expected: str) -> None:
    assert join_lines(lines) == expected


def test_a_hyphen_that_the_text_layer_calls_its_own_stays() -> None:
    assert join_lines(["pengem-", "bangan"], [False, False]) == "pengem-bangan"
    assert join_lines(["pengem-", "bangan"], [True, False]) == "pengembangan"


def test_a_word_cut_without_a_hyphen_is_glued_only_on_two_signs() -> None:
    known = {"semesteran", "orang", "tua"}.__contains__
    lines = ["Triwulan/Semeste", "ran Dinas"]
    assert join_lines(lines, full=[True, False], known=known) == "Triwulan/Semesteran Dinas"
    assert join_lines(lines, full=[False, False], known=known) == "Triwulan/Semeste ran Dinas"
    assert join_lines(lines, full=[True], known={"orang"}.__contains__) == "Triwulan/Semeste ran Dinas"
    assert join_lines(["orang", "tua"], full=[True], known={"orangtua", "orang", "tua"}.__contains__) == "orang tua"


def test_a_known_word_in_capitals_loses_its_break() -> None:
    assert join_lines(["PENGEM-", "BANGAN"], known={"pengembangan"}.__contains__) == "PENGEMBANGAN"
    assert join_lines(["PENGEM-", "BANGAN"]) == "PENGEM-BANGAN"


def test_flags_must_fit_the_lines() -> None:
    with pytest.raises(ValueError, match="1 flags for 3 lines"):
        join_lines(["a", "b", "c"], [True])
