"""What the offline grader knows of rubrics: fitted on the bank, measured on what was held out of it."""
