"""Rows of a release against the official nomenclature, or against the codes that other offices use."""
