"""One IPPO update of three epochs in NumPy: that of `mappo.py`, with a critic of the observation for each agent.

Run `python3 ippo.py > ippo.json` in this folder to renew the numbers that src/algorithms/ippo.golden.test.ts compares
with, then `npx biome check --write packages/marl/golden` from the root. Needs NumPy only.
"""
import sys

sys.dont_write_bytecode = True
from golden_json import write  # noqa: E402
from mappo import compute_golden  # noqa: E402

write(compute_golden(own_critics=True, seed=20260103))
