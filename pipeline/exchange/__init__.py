"""Exchange with annotation tools and spaCy: spans out, a coder's decisions back in as corrections."""
