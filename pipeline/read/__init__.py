"""Readers: one module per format, bytes to `Source`."""
