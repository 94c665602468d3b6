"""
Writes and reads files for bench/readers.ts: files.py

Each line on stdin is {"act", "format", "file"}. "write" makes a file with one array of float64, 5000 × 5000, from a fixed
seed; "read" reads it whole and answers {ms, sum}; the array is given up before the next. "about" answers versions.
"""
import json
import sys
import time

import h5py
import numpy as np
import scipy
import scipy.io

shape = (5000, 5000)


def write(kind, file):
    rates = np.random.default_rng(1).standard_normal(shape)
    if kind == "npy":
        np.save(file, rates)
    elif kind == "mat":
        scipy.io.savemat(file, {"rates": rates}, format="5")
    else:
        with h5py.File(file, "w") as f:
            f["rates"] = rates


def read(kind, file):
    if kind == "npy":
        return np.load(file)
    if kind == "mat":
        return scipy.io.loadmat(file)["rates"]
    with h5py.File(file, "r") as f:
        return f["rates"][...]


for line in sys.stdin:
    request = json.loads(line)
    if request["act"] == "about":
        print(json.dumps(f"NumPy {np.__version__}, SciPy {scipy.__version__}, h5py {h5py.__version__}"), flush=True)
    elif request["act"] == "write":
        write(request["format"], request["file"])
        print("null", flush=True)
    else:
        start = time.perf_counter()
        array = read(request["format"], request["file"])
        ms = 1e3 * (time.perf_counter() - start)
        print(json.dumps({"ms": ms, "corner": float(array[-1, 0])}), flush=True)
        del array
