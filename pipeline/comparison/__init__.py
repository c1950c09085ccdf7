"""Comparison across jurisdictions: indicators, tasks, agencies, conflicts, cascades, revisions; start at `run.py`."""
