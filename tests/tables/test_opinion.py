"""pdfplumber's cells against ours on drawn pages, and how the two are compared."""

from __future__ import annotations
