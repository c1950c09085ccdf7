"""Alignment: wordings of one indicator found together where the registry knows none; start at `clusters.py`."""
