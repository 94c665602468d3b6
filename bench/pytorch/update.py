"""
One training update in PyTorch, timed, for bench/update.ts: update.py PROBLEM.json THREADS

Re-states the training of continuous-time recurrent networks as the project's documentation gives it (the equations of
src/core/models/parameters.ts), in two ways:

  published  one call of a Linear layer per time step for input, recurrent weights and readout; normal draws for the
             noise of every update, though its size is 0; the norm of the gradient parameter by parameter
  plain      the best plain PyTorch: one product for all inputs, one for all readouts, one addmm per time step, no noise

Both: loss + r * mean(h^2), where r shrinks by a third once the second term reaches half of the first; Adam. With e-prop the
rate is detached before the recurrent product.
Each line on stdin is "VARIANT RULE" and makes one update of that network; the answer is {cpuMs, wallMs, loss}.
"peak" answers {grownMiB}, by how much the process has grown at most since its data were read.
"""
import json
import sys
import time

import numpy as np
import torch
from torch import nn

with open(sys.argv[1]) as file:
    problem = json.load(file)
torch.set_num_threads(int(sys.argv[2]))
torch.manual_seed(1)


def read(name):
    about = problem["arrays"][name]
    return torch.from_numpy(np.fromfile(about["file"], dtype=np.float32).reshape(about["shape"]))


inputs, target, mask = read("input"), read("target"), read("mask")
trials, steps, _ = inputs.shape
alpha, classes = problem["alpha"], problem["loss"] == "cross-entropy"


def retanh(x):
    return torch.maximum(torch.tanh(x), torch.zeros(()))


def main_loss(y):
    counts = mask == 1
    if classes:
        return nn.functional.cross_entropy(y[counts], target[counts].long())
    return nn.functional.mse_loss(y[counts], target[counts])


class Published(nn.Module):
    def __init__(self):
        super().__init__()
        units, features = read("Win").shape
        self.a0 = nn.Parameter(read("a0"))
        self.input = nn.Linear(features, units)
        self.recurrent = nn.Linear(units, units, bias=False)
        self.readout = nn.Linear(units, read("bout").shape[0])
        with torch.no_grad():
            self.input.weight.copy_(read("Win"))
            self.input.bias.copy_(read("b"))
            self.recurrent.weight.copy_(read("Wrec"))
            self.readout.weight.copy_(read("Wout"))
            self.readout.bias.copy_(read("bout"))

    def forward(self, x, eprop):
        units = self.a0.shape[0]
        noise = 0 * torch.randn(trials, steps, units)
        a = self.a0.expand(trials, units)
        h = retanh(a)
        rates, readouts = [], []
        for t in range(steps):
            drive = self.recurrent(h.detach() if eprop else h) + self.input(x[:, t, :])
            a = a + alpha * (-a + drive)
            h = retanh(a) + noise[:, t, :]
            rates.append(h)
            readouts.append(self.readout(h))
        return torch.stack(rates, 1), torch.stack(readouts, 1)

    def after_backward(self):
        return sum(p.grad.norm(2).item() ** 2 for p in self.parameters()) ** 0.5


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        for name in ("a0", "Win", "Wrec", "b", "Wout", "bout"):
            self.register_parameter(name, nn.Parameter(read(name)))

    def forward(self, x, eprop):
        drive = torch.addmm(self.b, x.transpose(0, 1).reshape(steps * trials, -1), self.Win.t())
        drive = drive.view(steps, trials, -1).unbind(0)
        recurrent = self.Wrec.t()
        a = self.a0.expand(trials, -1)
        h = torch.relu(torch.tanh(a))
        rates = []
        for t in range(steps):
            a = torch.lerp(a, torch.addmm(drive[t], h.detach() if eprop else h, recurrent), alpha)
            h = torch.relu(torch.tanh(a))
            rates.append(h)
        h = torch.stack(rates, 1)
        return h, torch.nn.functional.linear(h, self.Wout, self.bout)

    def after_backward(self):
        pass


class Training:
    def __init__(self, variant, eprop):
        self.network = {"published": Published, "plain": Plain}[variant]()
        self.eprop = eprop
        self.penalty = problem["activityPenalty"]
        settings = problem["optimizer"]
        self.optimizer = torch.optim.Adam(
            self.network.parameters(),
            lr=settings["learningRate"],
            betas=(settings["beta1"], settings["beta2"]),
            eps=settings["epsilon"],
        )

    def update(self):
        self.optimizer.zero_grad()
        h, y = self.network(inputs, self.eprop)
        main, activity = main_loss(y), self.penalty * torch.mean(h**2)
        loss = main + activity
        loss.backward()
        self.network.after_backward()
        self.optimizer.step()
        if activity.item() >= main.item() / 2:
            self.penalty *= 2 / 3
        return loss.item()


def memory(key):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(key)) / 1024


networks, at_start = {}, memory("VmRSS")
for line in sys.stdin:
    if line.strip() == "peak":
        print(json.dumps({"grownMiB": memory("VmHWM") - at_start}), flush=True)
        continue
    variant, rule = line.split()
    if line not in networks:
        networks[line] = Training(variant, rule == "e-prop")
    wall, cpu = time.perf_counter(), time.process_time()
    loss = networks[line].update()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(json.dumps({"cpuMs": 1e3 * cpu, "wallMs": 1e3 * wall, "loss": loss}), flush=True)
