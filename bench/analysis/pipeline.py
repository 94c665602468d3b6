"""
The analysis of one checkpoint with numpy, for bench/analysis.ts: pipeline.py FILE

FILE holds float64 arrays one after the other; the first line on stdin is their {name: shape} in order, answered by {}.
Then each line names a piece of work, answered by {ms, values}:
  checkpoint  forward pass (float32), Procrustes distance by SVD, participation ratio by the eigenvalues of the covariance
  draws       for each of the 100 splits given: three Procrustes distances of 70 columns each
"about" answers {numpy, blas}.
"""
import json
import sys
import time

import numpy as np

ALPHA = np.float32(0.1)


def read(file, shapes):
    flat, out = np.fromfile(file), {}
    for name, shape in shapes.items():
        size = int(np.prod(shape))
        out[name] = flat[:size].reshape(shape)
        flat = flat[size:]
    return out


def forward(w):
    x = w["input"]
    a = np.tile(w["a0"], (x.shape[0], 1))
    h = np.maximum(np.tanh(a), 0)
    rates = np.empty((x.shape[0], x.shape[1], a.shape[1]), np.float32)
    for t in range(x.shape[1]):
        a = a + ALPHA * (-a + h @ w["Wrec"].T + x[:, t] @ w["Win"].T + w["b"])
        h = np.maximum(np.tanh(a), 0)
        rates[:, t] = h
    return rates


def procrustes(x, y):
    x, y = x - x.mean(axis=0), y - y.mean(axis=0)
    overlap = np.linalg.svd(x.T @ y, compute_uv=False).sum()
    return np.arccos(min(1, overlap / (np.linalg.norm(x) * np.linalg.norm(y)))) / (np.pi / 2)


def checkpoint(given, weights):
    start, stop = (int(v) for v in given["window"])
    rates = forward(weights)[:, start:stop].astype(np.float64)
    activity = rates.reshape(-1, rates.shape[2])
    eigenvalues = np.linalg.eigvalsh(np.cov(activity.T))
    ratio = eigenvalues.sum() ** 2 / (eigenvalues**2).sum()
    return [procrustes(activity, given["recording"]), ratio]


def draws(given):
    values = []
    for first, second, units in given["splits"].astype(int).reshape(-1, 3, given["splits"].shape[2]):
        half = given["recording"][:, first]
        d1 = procrustes(given["recording"][:, second], half)
        d2 = procrustes(given["activity"][:, units], half)
        procrustes(given["average"][:, second], half)
        values.append((d2 - d1) / (1 - d1))
    return [float(np.mean(values))]


def about():
    configuration = np.__config__.show(mode="dicts") if np.lib.NumpyVersion(np.__version__) >= "1.26.0" else {}
    blas = configuration.get("Build Dependencies", {}).get("blas", {})
    return {"numpy": np.__version__, "blas": f"{blas.get('name', 'BLAS')} {blas.get('version', '')}".strip()}


given = read(sys.argv[1], json.loads(sys.stdin.readline()))
weights = {name: given[name].astype(np.float32) for name in ("a0", "Win", "Wrec", "b", "input")}
print("{}", flush=True)
for line in sys.stdin:
    work = line.strip()
    if work == "about":
        print(json.dumps(about()), flush=True)
        continue
    start = time.perf_counter()
    values = checkpoint(given, weights) if work == "checkpoint" else draws(given)
    print(json.dumps({"ms": 1e3 * (time.perf_counter() - start), "values": values}), flush=True)
