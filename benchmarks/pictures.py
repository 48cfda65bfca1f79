"""Pictures that are taken for the same: recall on edited copies, false pairs among different ones, time.

python -m benchmarks.pictures
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import combinations

from benchmarks.measure import median_ms, verdict, with_django

PICTURES, FORMS = 600, 60
LEAST_RECALL, MOST_FALSE, MOST_MS = 0.99, 0.0005, 100


def main() -> int:
    with_django()
    from bulletins.models.fingerprint import MOST_DIFFERENT, distance, fingerprint_of
    from bulletins.readiness.released_pictures import MOST_STRETCHED
    from tests.readiness.drawn import edited, form, scene

    scenes = [scene(seed) for seed in range(PICTURES)]
    prints = [fingerprint_of(picture) for picture in scenes]
    ratios = [picture.width / picture.height for picture in scenes]
    found: Counter[str] = Counter()
    for seed, picture in enumerate(scenes):
        for name, copy in edited(picture, seed):
            stretched = copy.width / copy.height / ratios[seed]
            is_near = distance(prints[seed], fingerprint_of(copy) or "0") <= MOST_DIFFERENT
            found[name] += is_near and max(stretched, 1 / stretched) <= MOST_STRETCHED
    for name, number in found.items():
        print(f"  {name}: {number} of {PICTURES}")
    recall = found.total() / (PICTURES * len(found))
    print(f"recall on {PICTURES * len(found):,} edited copies: {recall:.2%} (at least {LEAST_RECALL:.0%})")
    pairs = [
        distance(prints[n], prints[m]) <= MOST_DIFFERENT
        for n, m in combinations(range(PICTURES), 2)
        if max(ratios[n] / ratios[m], ratios[m] / ratios[n]) <= MOST_STRETCHED
    ]
    every = PICTURES * (PICTURES - 1) // 2
    wrong = sum(pairs) / every
    print(f"false pairs: {sum(pairs)} of {every:,} ({wrong:.4%}, at most {MOST_FALSE:.2%})")
    forms = [fingerprint_of(form(seed)) for seed in range(FORMS)]
    mixed = sum(distance(one, other) <= MOST_DIFFERENT for one in forms if one for other in prints if other)
    print(f"photos taken for a scanned form: {mixed} of {FORMS * PICTURES:,} pairs (at most 0)")
    large = scenes[0].resize((1600, 1200))
    is_quick = verdict(
        "fingerprint of the picture that pages show",
        median_ms(lambda: fingerprint_of(large), runs=5)[0],
        MOST_MS,
    )
    return not (recall >= LEAST_RECALL and wrong <= MOST_FALSE and not mixed and is_quick)


if __name__ == "__main__":
    sys.exit(main())
