"""Recognise spans in clean text. Extractors never convert a value and never open a file."""
