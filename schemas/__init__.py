"""What the data is: record types, problems and vocabularies. Imports nothing else of this project."""
