"""The grader against a reference answer: data, attacks, folds, fits, figures."""
