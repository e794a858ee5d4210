"""What `rkt status` says, in Indonesian and in English."""

from __future__ import annotations

STATUS_TEXTS: dict[str, tuple[str, str]] = {
    "status.unfinished": ("Belum terbaca lengkap", "Not read in full"),
    "status.release": ("Rilis", "Release"),
    "status.published": ("Terbit", "Published"),
    "status.age": ("Umur", "Age"),
    "status.documents": ("Dokumen", "Documents"),
    "status.duplicates": ("Kiriman ulang", "Delivered again"),
    "status.findings": ("Temuan", "Findings"),
    "status.quarantine": ("Karantina", "Quarantine"),
    "status.reader": ("Versi pembaca", "Reader version"),
    "status.last_run": ("Proses terakhir", "Last run"),
    "status.no_run": ("belum ada", "none yet"),
    "status.ended": ("{when} ({age} lalu): {ending}", "{when} ({age} ago): {ending}"),
    "status.run_problems": ("Masalah pada proses terakhir: {count}", "Problems of the last run: {count}"),
    "status.more_problems": ("dan {count} lagi", "and {count} more"),
    "status.next_run": ("Proses berikutnya", "Next run"),
    "status.unknown_next": (
        "tidak diketahui di sini; lihat `prefect flow-run ls --state-type SCHEDULED` pada server Prefect",
        "not known here; see `prefect flow-run ls --state-type SCHEDULED` on the Prefect server",
    ),
    "status.next_at": (
        "{when}, menurut jadwal {schedule} (ditanyakan {asked})",
        "{when}, by the schedule {schedule} (asked {asked})",
    ),
    "status.next_look": (
        "{when}, oleh {schedule} di {host}, setiap {every} detik (dicatat {asked})",
        "{when}, by {schedule} on {host}, every {every} seconds (noted {asked})",
    ),
    "status.not_watched": (
        "tidak ada: {schedule} di {host} terhenti (dicatat {asked}); jalankan lagi",
        "none: {schedule} on {host} has died (noted {asked}); start it again",
    ),
    "status.elsewhere": (
        "Menurut catatan, proses sedang berjalan sejak {when} (nomor proses {pid} di {host}). Apakah masih hidup hanya "
        "terlihat di {host}: jalankan rkt status di sana.",
        "A run is recorded as under way since {when} (process {pid} on {host}). Whether it lives can be seen only on "
        "{host}: call rkt status there.",
    ),
    "status.running": (
        "Proses sedang berjalan sejak {when} (nomor proses {pid} di {host}).",
        "A run is under way since {when} (process {pid} on {host}).",
    ),
    "status.died": (
        "Proses yang mulai {when} (nomor proses {pid} di {host}) terhenti di tengah jalan. Rilis terakhir tetap "
        "berlaku. Jalankan lagi rkt ingest; yang sudah dibaca tidak diulang.",
        "The run that began {when} (process {pid} on {host}) died on the way. The last release stands. "
        "Run rkt ingest again; what was read is not read again.",
    ),
    "status.terhenti": ("terhenti", "stopped or killed"),
    "age.minutes": ("{count} menit", "{count} minutes"),
    "age.hours": ("{count} jam", "{count} hours"),
    "age.days": ("{count} hari", "{count} days"),
    "status.lengkap": ("lengkap", "complete"),
    "status.sebagian": ("sebagian", "partial"),
    "status.gagal": ("gagal", "failed"),
    "error.status": (
        "{path}: catatan proses terakhir rusak. Hapus berkas ini; rkt ingest menulisnya lagi.",
        "{path}: the record of the last run is damaged. Delete it; rkt ingest writes it anew.",
    ),
}
