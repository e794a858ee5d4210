"""What can go wrong with one source, said in one line that names it and what to do, in Indonesian and in English."""

from __future__ import annotations

from enum import StrEnum

from pipeline.intake.problems import Language, explain_reason


class FailureCode(StrEnum):
    """Stable names of what keeps a URL from being stored."""

    SKEMA = "SKEMA_DITOLAK"
    ALAMAT_RUSAK = "ALAMAT_RUSAK"
    ALAMAT_PRIBADI = "ALAMAT_PRIBADI"
    NAMA_TAK_DIKENAL = "NAMA_TIDAK_DIKENAL"
    TAK_TERHUBUNG = "TIDAK_TERHUBUNG"
    SERTIFIKAT = "SERTIFIKAT_DITOLAK"
    WAKTU_HABIS = "WAKTU_HABIS"
    TERPUTUS = "SAMBUNGAN_TERPUTUS"
    TERLALU_BANYAK_ALIHAN = "TERLALU_BANYAK_ALIHAN"
    STATUS = "STATUS_HTTP"
    SIBUK = "SERVER_SIBUK"
    TERLALU_BESAR = "TERLALU_BESAR"
    KEMASAN = "KEMASAN_TIDAK_DIKENAL"
    BUKAN_PDF = "BUKAN_PDF"
    TERPOTONG = "PDF_TERPOTONG"
    TANPA_TAUTAN = "TANPA_TAUTAN"
    DILARANG = "DILARANG_SITUS"
    TAK_TERTULIS = "TIDAK_TERTULIS"


_MESSAGES: dict[FailureCode, tuple[str, str]] = {
    FailureCode.SKEMA: (
        "{url}: hanya alamat http dan https yang diambil, bukan {detail}. Perbaiki url di daftar sumber.",
        "{url}: only http and https are fetched, not {detail}. Correct the url in the list of sources.",
    ),
    FailureCode.ALAMAT_RUSAK: (
        "{url}: server mengalihkan ke alamat yang tidak sah. Buka halamannya dan catat alamat dokumen yang baru.",
        "{url}: the server redirects to an address that is not valid. Open the page and note the new address.",
    ),
    FailureCode.ALAMAT_PRIBADI: (
        "{url}: mengarah ke alamat jaringan dalam ({detail}). Bila memang dikehendaki, pakai --allow-private.",
        "{url}: leads to an address inside a private network ({detail}). If that is meant, use --allow-private.",
    ),
    FailureCode.NAMA_TAK_DIKENAL: (
        "{url}: nama server {detail} tidak ditemukan. Periksa ejaan url dan sambungan internet.",
        "{url}: there is no server named {detail}. Check the spelling of the url and the connection.",
    ),
    FailureCode.TAK_TERHUBUNG: (
        "{url}: server tidak dapat dihubungi. Periksa sambungan, lalu jalankan lagi nanti.",
        "{url}: the server cannot be reached. Check the connection, and run this again later.",
    ),
    FailureCode.SERTIFIKAT: (
        "{url}: sertifikat server tidak sah ({detail}); asal dokumen tidak terjamin. Beri tahu pengelola situsnya.",
        "{url}: the server's certificate is not valid ({detail}), so the sender is not sure. Tell the site's keepers.",
    ),
    FailureCode.WAKTU_HABIS: (
        "{url}: server terlalu lambat ({detail} detik terlampaui). Jalankan lagi nanti.",
        "{url}: the server is too slow (over {detail} seconds). Run this again later.",
    ),
    FailureCode.TERPUTUS: (
        "{url}: jawaban server terputus atau tidak sah; tidak ada yang disimpan. Jalankan lagi nanti.",
        "{url}: the server's answer broke off or is not valid; nothing was stored. Run this again later.",
    ),
    FailureCode.TERLALU_BANYAK_ALIHAN: (
        "{url}: dialihkan lebih dari {detail} kali. Buka di peramban dan catat alamat akhirnya di daftar sumber.",
        "{url}: redirected more than {detail} times. Open it in a browser and note its final address as the source.",
    ),
    FailureCode.STATUS: (
        "{url}: server menjawab {detail}. Buka alamat ini di peramban; bila dokumennya pindah, perbaiki daftar sumber.",
        "{url}: the server answers {detail}. Open it in a browser; if the document has moved, correct the source.",
    ),
    FailureCode.SIBUK: (
        "{url}: server sedang tidak melayani (menjawab {detail}). Jalankan lagi nanti.",
        "{url}: the server is not serving just now (answers {detail}). Run this again later.",
    ),
    FailureCode.TERLALU_BESAR: (
        "{url}: lebih besar dari {detail} MiB. Periksa apakah ini dokumen rencana; bila ya, unduh sendiri ke raw/.",
        "{url}: larger than {detail} MiB. Check whether it is a plan; if so, download it into raw/ yourself.",
    ),
    FailureCode.KEMASAN: (
        "{url}: server mengirim isi terkemas ({detail}) yang tidak dapat dibuka. Unduh sendiri ke raw/.",
        "{url}: the server sends its content packed ({detail}) in a way that cannot be opened. "
        "Download it into raw/ yourself.",
    ),
    FailureCode.BUKAN_PDF: (
        "{url}: yang dikirim server bukan PDF. Buka di peramban; bila ini halaman berisi tautan, tulis jenis: halaman.",
        "{url}: what the server sends is not a PDF. Open it in a browser; if it is a page with links, "
        "write jenis: halaman.",
    ),
    FailureCode.TERPOTONG: (
        "{url}: PDF-nya berhenti sebelum akhir; tidak ada yang disimpan. Jalankan lagi, atau minta berkas yang utuh.",
        "{url}: the PDF ends before its end; nothing was stored. Run this again, or ask for the whole file.",
    ),
    FailureCode.TANPA_TAUTAN: (
        "{url}: tidak ada tautan ke PDF yang cocok di halaman ini. Periksa url dan pola di daftar sumber.",
        "{url}: no link to a PDF on this page fits. Check url and pola in the list of sources.",
    ),
    FailureCode.DILARANG: (
        "{url}: robots.txt situs ini tidak mengizinkan pengambilan otomatis. Minta izin pengelolanya, "
        "atau unduh sendiri ke raw/.",
        "{url}: the site's robots.txt does not allow programs to fetch this. Ask its keepers, "
        "or download it into raw/ yourself.",
    ),
    FailureCode.TAK_TERTULIS: (
        "{url}: tidak dapat disimpan ({detail}). Periksa izin folder dan ruang disk.",
        "{url}: cannot be stored ({detail}). Check the permissions of the folder and the disk space.",
    ),
}


class FetchError(Exception):
    """Why one URL could not be fetched.

    `again` says whether another try may help, `wait` how many seconds the server asked for before it.
    """

    def __init__(self, code: FailureCode, detail: str = "", *, again: bool = False, wait: float | None = None) -> None:
        super().__init__(f"{code} {detail}".rstrip())
        self.code = code
        self.detail = detail
        self.again = again
        self.wait = wait

    def message(self, url: str, language: Language = "id") -> str:
        """One line for the user. `url` must be fit to be shown: see `urls.shown`."""
        indonesian, english = _MESSAGES[self.code]
        text = indonesian if language == "id" else english
        return text.format(url=url, detail=explain_reason(self.detail, language)[:200])
