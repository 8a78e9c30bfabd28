"""A question that `bank check` has nothing against, to be spoilt one part at a time."""

from __future__ import annotations

from interviewer.content.models import Question, RubricPoint

WORDS = "amber birch cedar daisy elder fennel ginger hazel iris jasmine".split()


def whole_point(name: str, *, essential: bool = False, **changes: object) -> RubricPoint:
    """A point with six terms of its own."""
    return RubricPoint.model_validate(
        {
            "id": name,
            "point": f"Says what {name} does in the garden.",
            "weight": 2,
            "essential": essential,
            "terms": [f"{word} {name}" for word in WORDS[:6]],
            "probe": "What else grows there?",
            **changes,
        }
    )


def whole_sample(level: int, verdict: str, points: list[str], number: int) -> dict[str, object]:
    """An answer of forty words."""
    return {
        "answer": f"{number} " + "so it grows there " * 10,
        "level": level,
        "points": dict.fromkeys(points, verdict),
    }


def whole_question(question_id: str = "alpha", **changes: object) -> Question:
    """Four points, samples of every level, and everything else that belongs to a written question."""
    names = ["oak", "pine", "rose", "tulip"]
    levels = [(1, "missed"), (1, "missed"), (2, "missed"), (2, "partial"), (3, "met"), (4, "met")]
    return Question.model_validate(
        {
            "id": question_id,
            "topic": "letters",
            "kind": "concept",
            "asks": [f"What is the use of {question_id}?", f"Tell me how {question_id} helps you."],
            "intent": "To see.",
            "minutes": 5,
            "rubric": [whole_point(name, essential=name == "oak") for name in names],
            "red_flags": [{"claim": f"Claim {n}.", "correction": f"Correction {n}."} for n in (1, 2)],
            "levels": {str(n): f"Anchor {n}." for n in (1, 2, 3, 4)},
            "samples": [whole_sample(level, verdict, names, n) for n, (level, verdict) in enumerate(levels)],
            "hints": ["Look.", "Look again.", "Look there."],
            "model_answer": "word " * 150,
            "study": ["One book", "Another book"],
            **changes,
        }
    )
