"""One IPPO update of three epochs in NumPy: that of `mappo.py`, with a critic of the observation for each agent.

Run `python3 ippo.py > ippo.json` to renew the numbers that src/algorithms/ippo.golden.test.ts compares with, then
`npx biome check --write packages/marl` from the root. Needs NumPy only.
"""
import json
from mappo import compute_golden

print(json.dumps(compute_golden(own_critics=True, seed=20260103), indent=1))
