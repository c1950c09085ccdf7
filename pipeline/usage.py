"""What the user asked for cannot be carried out as asked."""


class UsageError(Exception):
    """A command line that cannot be carried out; the message says what to change."""
