"""Evaluation: a dataset against hand-made gold, by the rules of the codebook (the same figures as its scorer)."""
