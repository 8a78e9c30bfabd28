"""A model's proposals for questions that lack a rubric, in the question's own file, until a person accepts them."""
