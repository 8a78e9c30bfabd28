"""A mock interviewer for machine-learning-infrastructure interviews, in the terminal."""

__version__ = "0.1.0"
