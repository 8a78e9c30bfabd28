"""The confusion matrix as a picture."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from interviewer.bulk.plot import HEIGHT, INK, PAPER, PNG_SCALE, WIDTH, Box, Label, drawing, save
from interviewer.errors import UsageError

COUNTS = [[7, 0, 0, 0], [1, 2, 0, 0], [0, 0, 0, 0], [123_456, 0, 5, 6]]
SVG = "{http://www.w3.org/2000/svg}"


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_count_stands_in_the_svg(tmp_path: Path) -> None:
    save(tmp_path / "a.svg", COUNTS)
    root = ElementTree.fromstring((tmp_path / "a.svg").read_text(encoding="utf-8"))
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert [texts.count(f"{n:,}") for n in (7, 123_456, 5, 6)] == [1, 1, 1, 1]
    assert texts.count("0") == 10
    assert {"1 strong no hire", "4 strong hire"} <= set(texts)
    assert len(list(root.iter(f"{SVG}rect"))) == 17


def test_png(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    save(tmp_path / "a.PNG", COUNTS)
    with image.open(tmp_path / "a.PNG") as picture:
        assert (picture.format, picture.size) == ("PNG", (WIDTH * PNG_SCALE, HEIGHT * PNG_SCALE))
        assert len(picture.getcolors(100_000)) > 20


@pytest.mark.parametrize("share", range(0, 101, 2))
def test_text_reads_on_every_shade(share: int) -> None:
    shapes = list(drawing([[share, 100 - share], [0, 1]]))
    boxes = [s for s in shapes if isinstance(s, Box) and s.width < WIDTH]
    for box in boxes:
        inside = [
            s
            for s in shapes
            if isinstance(s, Label) and box.x < s.x < box.x + box.width and 0 < s.y - box.y < box.height
        ]
        assert len(inside) == 2
        assert all(contrast(label.fill, box.fill) >= 3.5 for label in inside)
    assert contrast(INK, PAPER) > 10


def test_all_text_lies_on_the_paper() -> None:
    assert all(0 < s.x < WIDTH and 0 < s.y < HEIGHT for s in drawing(COUNTS) if isinstance(s, Label))


def test_an_empty_matrix_is_drawn(tmp_path: Path) -> None:
    save(tmp_path / "a.svg", [[0] * 4] * 4)
    assert "0 answers" in (tmp_path / "a.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.svg.txt"])
def test_other_suffixes_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"written as \.svg or \.png"):
        save(tmp_path / name, COUNTS)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        save(tmp_path / "no" / "a.svg", COUNTS)
