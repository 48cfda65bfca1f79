"""How a picture looks, in 64 bits: a resized, recompressed, brighter or slightly cropped copy has nearly the same."""

from __future__ import annotations

from itertools import pairwise

from PIL import Image

# Eight rows of nine fields; a bit for each field and its neighbour to the right: is that one brighter?
ROWS, STEPS = 8, 8
# Steps of brightness (of 255). Less than this is what noise and recompression leave on an even wall.
NOTICEABLE = 1
# With fewer noticeable steps than this a picture is too even to be known again: white paper, fog, one sign on a wall.
FEWEST_NOTICEABLE = 16
# At most so many bits differ between two copies of a picture. Measured in `benchmarks/pictures.py`.
MOST_DIFFERENT = 7
# The fingerprint is cut into four bands. Of at most seven differences some band has at most one (four bands with two
# each would make eight): so whoever looks for every band as it is and with each of its bits turned misses nobody.
BANDS, BAND_BITS = 4, 16


def fingerprint_of(picture: Image.Image) -> str:
    """16 hexadecimal digits, or nothing for a picture that is too even to be known again."""
    small = picture.convert("L").convert("F").resize((STEPS + 1, ROWS), Image.Resampling.BILINEAR)
    shades = [[float(small.getpixel((x, y))) for x in range(STEPS + 1)] for y in range(ROWS)]  # type: ignore[arg-type]
    steps = [right - left for row in shades for left, right in pairwise(row)]
    if sum(abs(step) > NOTICEABLE for step in steps) < FEWEST_NOTICEABLE:
        return ""
    return f"{int(''.join('1' if step > NOTICEABLE else '0' for step in steps), 2):016x}"


def distance(one: str, other: str) -> int:
    """In how many of 64 bits two fingerprints differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def bands(fingerprint: str) -> list[int]:
    """The four bands, each with its number before its bits. None of no fingerprint."""
    if not fingerprint:
        return []
    bits = int(fingerprint, 16)
    mask = (1 << BAND_BITS) - 1
    return [n << BAND_BITS | (bits >> n * BAND_BITS & mask) for n in range(BANDS)]


def neighbouring_bands(fingerprint: str) -> list[int]:
    """All 68 bands of which every picture with at most `MOST_DIFFERENT` differences has one at least."""
    return [
        band ^ turned
        for band in bands(fingerprint)
        for turned in (0, *(1 << bit for bit in range(BAND_BITS)))
    ]
