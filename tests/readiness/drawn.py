"""Pictures by chance: scenes as a camera sees them, what happens to a picture on its way, and scanned forms."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageEnhance

SHAPES = ((960, 640), (640, 960), (960, 720))


def scene(seed: int) -> Image.Image:
    """Ground in soft colours, often a sky, and some things before it, with the noise of a camera."""
    chance = random.Random(seed)
    width, height = chance.choice(SHAPES)
    ground = Image.new("RGB", (chance.randint(3, 6), chance.randint(3, 6)))
    ground.putdata([_colour(chance, 30, 230) for _ in range(ground.width * ground.height)])
    picture = ground.resize((width, height), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    horizon = int(height * chance.uniform(0.25, 0.6))
    if chance.random() < 0.7:
        light = chance.randint(120, 240)
        for y in range(horizon):
            draw.line([(0, y), (width, y)], fill=(light - y * 40 // height, light - y * 20 // height, light))
    for _ in range(chance.randint(3, 12)):
        left, top = chance.randint(-50, width), chance.randint(horizon // 2, height)
        box = [left, top, left + chance.randint(30, width // 3), top + chance.randint(40, height // 2)]
        (draw.rectangle if chance.random() < 0.5 else draw.ellipse)(box, fill=_colour(chance, 0, 255))
    grain = Image.effect_noise((width, height), chance.uniform(5, 25)).convert("RGB")
    return Image.blend(picture, grain, 0.12)


def _colour(chance: random.Random, low: int, high: int) -> tuple[int, int, int]:
    return chance.randint(low, high), chance.randint(low, high), chance.randint(low, high)


def edited(picture: Image.Image, seed: int) -> Iterator[tuple[str, Image.Image]]:
    """Five copies, each saved as JPEG again: half as large, hard compressed, brighter or darker, cropped, marked."""
    chance = random.Random(seed)
    width, height = picture.size
    yield "half as large", _saved(picture.resize((width // 2, height // 2), Image.Resampling.LANCZOS), 80)
    yield "hard compressed", _saved(picture, 35)
    light = ImageEnhance.Brightness(picture).enhance(chance.choice((0.88, 1.12, 1.18)))
    yield "brighter or darker", _saved(light, 80)
    # Three in a hundred of each edge's length in all, wherever they are cut off.
    left, top = chance.uniform(0, 0.03), chance.uniform(0, 0.03)
    box = (width * left, height * top, width * (0.97 + left), height * (0.97 + top))
    yield "cropped", _saved(picture.crop(tuple(map(int, box))), 80)  # type: ignore[arg-type]
    marked = picture.copy()
    draw = ImageDraw.Draw(marked)
    draw.rectangle([width * 0.78, height * 0.93, width * 0.98, height * 0.98], fill="white")
    draw.text((width * 0.8, height * 0.94), "www.example.cn", fill="black")
    yield "marked", _saved(marked, 80)


def _saved(picture: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")


def form(seed: int) -> Image.Image:
    """A sheet of paper with a frame, lines and letters, as a scanner gives it."""
    chance = random.Random(seed)
    sheet = Image.new("RGB", (900, 1270), (chance.randint(240, 255),) * 3)
    draw = ImageDraw.Draw(sheet)
    draw.rectangle([60, 60, 840, 1200], outline="black", width=3)
    for y in range(80, 1180, 44):
        draw.line([60, y, 840, y], fill="black")
        for x in range(80, chance.randint(200, 820), 26):
            draw.rectangle([x, y + 10, x + 18, y + 30], outline="black", width=2)
    return sheet
