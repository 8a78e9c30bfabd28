"""The app. Textual is imported in this package alone."""
