"""The interview itself: commands in, events out. No input or output, clock or randomness."""
