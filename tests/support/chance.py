"""Chance that can be repeated: a failed test prints its seed, and TEST_SEED in the environment brings it back."""

from __future__ import annotations

import os
import random


def seeded_chance() -> random.Random:
    seed = int(os.environ.get("TEST_SEED") or random.SystemRandom().randrange(1_000_000))
    print(f"\nTEST_SEED={seed}")
    return random.Random(seed)
