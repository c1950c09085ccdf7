"""Engines: how many documents are worked on side by side."""
