"""Resolvers: mentions to records."""
