"""Moves documents: files, order and failure. Start reading at `flow.py`."""
