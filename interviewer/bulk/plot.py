"""The confusion matrix as a picture: one drawing, written as SVG or PNG. Opaque, so that it reads on light and dark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from interviewer.errors import UsageError
from interviewer.grade import LEVELS

WIDTH, HEIGHT = 620, 560
CELL, LEFT, TOP = 96, 200, 128
PAPER, INK, FAINT = "#ffffff", "#1b1f24", "#57606a"
PALE, DEEP = (238, 244, 251), (11, 79, 140)
PNG_SCALE = 2


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text around the point (x, y): vertically centred, horizontally at its start, middle or end."""

    x: float
    y: float
    text: str
    size: int
    fill: str = INK
    anchor: str = "middle"


def check_suffix(path: Path) -> None:
    """Refuse what cannot be drawn before anything is read.

    Raises:
        UsageError: the name ends neither in .svg nor in .png.
    """
    if path.suffix.lower() not in _WRITERS:
        raise UsageError(f"{path}: a picture is written as .svg or .png; name it so")


def save(path: Path, counts: Sequence[Sequence[int]]) -> None:
    """Draw counts by level, people's down and the grader's across, into the file.

    Raises:
        UsageError: the name ends otherwise, or the file cannot be written.
    """
    check_suffix(path)
    picture = _WRITERS[path.suffix.lower()](list(drawing(counts)))
    try:
        path.write_bytes(picture)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); choose another place") from None


def drawing(counts: Sequence[Sequence[int]]) -> Iterator[Box | Label]:
    """What to draw, from back to front. A cell is the deeper, the larger its share of its row."""
    total = sum(map(sum, counts))
    across = LEFT + len(counts) * CELL / 2
    yield Box(0, 0, WIDTH, HEIGHT, PAPER)
    yield Label(24, 32, "Level by a person and by the grader", 20, anchor="start")
    yield Label(24, 60, f"{total:,} answers; the diagonal is agreement", 14, FAINT, "start")
    yield Label(across, TOP - 34, "level by the grader", 14, FAINT)
    yield Label(24, TOP - 12, "level by a person", 14, FAINT, "start")
    for i, row in enumerate(counts):
        middle = TOP + i * CELL + CELL / 2
        yield Label(LEFT - 14, middle, f"{i + 1} {LEVELS[i + 1]}", 14, anchor="end")
        yield Label(LEFT + i * CELL + CELL / 2, TOP - 12, str(i + 1), 14)
        for j, count in enumerate(row):
            share = count / sum(row) if count else 0.0
            x, ink = LEFT + j * CELL, PAPER if share > 0.7 else INK
            yield Box(x + 1, TOP + i * CELL + 1, CELL - 2, CELL - 2, _shade(share))
            yield Label(x + CELL / 2, middle - 9, f"{count:,}", 20 if count < 100_000 else 15, ink)
            yield Label(x + CELL / 2, middle + 17, f"{share:.0%}" if sum(row) else "-", 13, ink)
    yield Label(across, TOP + len(counts) * CELL + 26, "per cent of the person's level (row)", 13, FAINT)


def _shade(share: float) -> str:
    mixed = (round(pale + (deep - pale) * share) for pale, deep in zip(PALE, DEEP, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _svg(shapes: Sequence[Box | Label]) -> bytes:
    title = escape(" ".join(s.text for s in shapes if isinstance(s, Label) and s.anchor == "start"))
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="system-ui, sans-serif">'
    body = "\n".join(_svg_shape(shape) for shape in shapes)
    return f"{head}\n<title>{title}</title>\n{body}\n</svg>\n".encode()


def _svg_shape(shape: Box | Label) -> str:
    place = f'x="{shape.x:g}" y="{shape.y:g}" fill="{shape.fill}"'
    if isinstance(shape, Box):
        return f'<rect {place} width="{shape.width:g}" height="{shape.height:g}"/>'
    style = f'font-size="{shape.size}" text-anchor="{shape.anchor}" dominant-baseline="central"'
    return f"<text {place} {style}>{escape(shape.text)}</text>"


def _png(shapes: Sequence[Box | Label]) -> bytes:
    from io import BytesIO

    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (WIDTH * PNG_SCALE, HEIGHT * PNG_SCALE), PAPER)
    draw = ImageDraw.Draw(image)
    for shape in shapes:
        x, y = shape.x * PNG_SCALE, shape.y * PNG_SCALE
        if isinstance(shape, Box):
            right, bottom = x + shape.width * PNG_SCALE - 1, y + shape.height * PNG_SCALE - 1
            draw.rectangle((x, y, right, bottom), shape.fill)
        else:
            anchor = {"start": "lm", "middle": "mm", "end": "rm"}[shape.anchor]
            draw.text((x, y), shape.text, shape.fill, ImageFont.load_default(shape.size * PNG_SCALE), anchor)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


_WRITERS = {".svg": _svg, ".png": _png}
