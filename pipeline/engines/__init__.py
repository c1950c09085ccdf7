"""Engines: where the per-document function runs. An engine yields (job, outcome) for jobs as they are done."""
