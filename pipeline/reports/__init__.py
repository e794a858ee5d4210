"""Reports that auditors use as they are: a page for the browser and the printer, and a workbook."""
