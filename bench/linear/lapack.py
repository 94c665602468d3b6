"""
Times numpy's LAPACK for bench/singularValues.ts: lapack.py

Each line on stdin is {"operation", "shape", "file"}: the file holds float64 arrays of these shapes, one after the other.
Answers {ms, values}: time of the operation by the clock, and the singular values (null for the product).
"about" answers {numpy, blas}.
"""
import json
import sys
import time

import numpy as np

held = {}


def arrays(file, shapes):
    if file not in held:
        flat, out = np.fromfile(file), []
        for shape in shapes:
            size = shape[0] * shape[1]
            out.append(flat[:size].reshape(shape))
            flat = flat[size:]
        held[file] = out
    return held[file]


def about():
    configuration = np.__config__.show(mode="dicts") if np.lib.NumpyVersion(np.__version__) >= "1.26.0" else {}
    blas = configuration.get("Build Dependencies", {}).get("blas", {})
    return {"numpy": np.__version__, "blas": f"{blas.get('name', 'BLAS')} {blas.get('version', '')}".strip()}


for line in sys.stdin:
    if line.strip() == "about":
        print(json.dumps(about()), flush=True)
        continue
    request = json.loads(line)
    given = arrays(request["file"], request["shapes"])
    start = time.perf_counter()
    if request["operation"] == "singularValues":
        result = np.linalg.svd(given[0], compute_uv=False)
    else:
        result = given[0].T @ given[1]
    ms = 1e3 * (time.perf_counter() - start)
    values = result.tolist() if result.ndim == 1 else None
    print(json.dumps({"ms": ms, "values": values}), flush=True)
