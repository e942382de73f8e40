"""SASRec on MovieLens-100K in PyTorch: an independent measure of what the method reaches.

Kang, McAuley: "Self-Attentive Sequential Recommendation", ICDM 2018.

Every rating is an interaction. Users' items are sorted by timestamp, ties in the order of the file. The last item is the
test target, the last but one the validation target; the model learns from the others. A target is ranked among all items
that the user did not have before it, from everything the user had before it.

Usage: /usr/bin/python3 benchmarks/references/sasrec.py <folder of ml-100k> [--seed 1] [--target test] [--loss softmax] ...
Prints one line of JSON. Written for PyTorch 1.13 (Debian's python3-torch).
"""

import argparse
import json
import math
import pathlib
import platform
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


def read_sequences(folder):
    """Item indices of each user, oldest first, and the number of items."""
    items = [line.split(b"|")[0] for line in (folder / "u.item").read_bytes().splitlines() if line]
    index = {item: place for place, item in enumerate(items)}
    ratings = {}
    for line in (folder / "u.data").read_bytes().splitlines():
        user, item, _, timestamp = line.split()
        ratings.setdefault(user, []).append((int(timestamp), index[item]))
    # Python's sort is stable: entries of one second stay in the order of the file.
    return [[item for _, item in sorted(own, key=lambda entry: entry[0])] for own in ratings.values()], len(items)


class Block(nn.Module):
    """Self-attention and a position-wise network, each x + dropout(g(norm(x))) (section III-B and III-C)."""

    def __init__(self, size, heads, dropout):
        super().__init__()
        self.heads = heads
        self.norm_attention = nn.LayerNorm(size)
        self.norm_network = nn.LayerNorm(size)
        self.query = nn.Linear(size, size, bias=False)
        self.key = nn.Linear(size, size, bias=False)
        self.value = nn.Linear(size, size, bias=False)
        self.first = nn.Linear(size, size)
        self.second = nn.Linear(size, size)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, hidden):
        batch, length, size = x.shape
        normed = self.norm_attention(x)
        split = lambda y: y.view(batch, length, self.heads, size // self.heads).transpose(1, 2)
        q, k, v = split(self.query(normed)), split(self.key(normed)), split(self.value(normed))
        weights = (q @ k.transpose(-1, -2) / math.sqrt(size // self.heads)).masked_fill(hidden, -1e9).softmax(-1)
        mixed = (weights @ v).transpose(1, 2).reshape(batch, length, size)
        x = x + self.dropout(mixed)
        inner = F.relu(self.first(self.norm_network(x)))
        return x + self.dropout(self.second(inner))


class SasRec(nn.Module):
    def __init__(self, items, options):
        super().__init__()
        size = options.dimensions
        self.items = items
        self.item = nn.Embedding(items + 1, size)  # the last row is padding
        self.position = nn.Embedding(options.maximum_length, size)
        self.blocks = nn.ModuleList(Block(size, options.heads, options.dropout) for _ in range(options.blocks))
        self.norm = nn.LayerNorm(size)
        self.dropout = nn.Dropout(options.dropout)
        for module in self.modules():
            if isinstance(module, nn.Embedding):
                nn.init.normal_(module.weight, std=options.embedding_deviation)
            elif isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)

    def forward(self, sequence):
        length = sequence.shape[1]
        padding = sequence == self.items
        later = torch.ones(length, length, dtype=torch.bool).triu(1)
        hidden = later[None, None] | padding[:, None, None, :]
        x = self.dropout(self.item(sequence) + self.position.weight[None])
        for block in self.blocks:
            x = block(x, hidden)
        return self.norm(x)


def cut_windows(train, length, padding, windows, generator):
    """Inputs and targets [windows, length], padded at the left."""
    inputs, targets = [], []
    for own in train:
        end = len(own)
        while end > 1:
            # A window of n targets has the n items before them as inputs.
            size = length
            if windows == "shifted" and end == len(own):
                size = int(torch.randint(1, length + 1, (1,), generator=generator)) if len(own) - 1 > length else length
            start = max(1, end - size)
            known, following = own[start - 1 : end - 1], own[start:end]
            blank = [padding] * (length - len(known))
            inputs.append(blank + known)
            targets.append(blank + following)
            if windows == "last":
                break
            end = start
    return torch.tensor(inputs), torch.tensor(targets)


def evaluate(model, sequences, target, length, k=10):
    model.eval()
    gains, hits = [], []
    with torch.no_grad():
        for own in sequences:
            place = len(own) + target
            if place < 0:
                continue
            history = own[:place]
            recent = history[-length:]
            padded = [model.items] * (length - len(recent)) + recent
            scores = model(torch.tensor([padded]))[0, -1] @ model.item.weight[:-1].T
            scores[history] = -math.inf
            rank = int((scores > scores[own[place]]).sum())
            hits.append(rank < k)
            gains.append(1 / math.log2(rank + 2) if rank < k else 0.0)
    model.train()
    return sum(gains) / len(gains), sum(hits) / len(hits)


def compute_loss(model, states, inputs, targets, own_items, options, generator):
    real = targets != model.items
    states, wanted = states[real], targets[real]
    if options.loss == "softmax":
        return F.cross_entropy(states @ model.item.weight[:-1].T, wanted)
    others = torch.randint(0, model.items, wanted.shape, generator=generator)
    rows = real.nonzero()[:, 0]
    # Draw again what the user had: the paper's negatives are outside of the sequence.
    while True:
        again = own_items[rows, others]
        if not again.any():
            break
        others[again] = torch.randint(0, model.items, (int(again.sum()),), generator=generator)
    positive = (states * model.item(wanted)).sum(-1)
    negative = (states * model.item(others)).sum(-1)
    return (F.softplus(-positive) + F.softplus(negative)).mean()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", choices=["validation", "test"], default="test")
    parser.add_argument("--maximum-length", type=int, default=50)
    parser.add_argument("--dimensions", type=int, default=64)
    parser.add_argument("--blocks", type=int, default=2)
    parser.add_argument("--heads", type=int, default=1)
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--learning-rate", type=float, default=0.002)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--loss", choices=["binary", "softmax"], default="softmax")
    parser.add_argument("--windows", choices=["last", "all", "shifted"], default="shifted")
    parser.add_argument("--embedding-deviation", type=float, default=0.02)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--trace", type=int, default=0, help="print validation figures every so many epochs")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    generator = torch.Generator().manual_seed(options.seed)
    sequences, items = read_sequences(options.folder)
    train = [own[:-2] for own in sequences]
    model = SasRec(items, options)
    optimizer = torch.optim.Adam(model.parameters(), lr=options.learning_rate, betas=(0.9, 0.98))
    length = options.maximum_length
    started = time.time()
    for epoch in range(options.epochs):
        inputs, targets = cut_windows(train, length, items, options.windows, generator)
        order = torch.randperm(len(inputs), generator=generator)
        total = 0.0
        for rows in order.split(options.batch_size):
            used = inputs[rows]
            own_items = None
            if options.loss == "binary":
                own_items = torch.zeros(len(rows), items + 1, dtype=torch.bool)
                own_items.scatter_(1, used, True)
                own_items.scatter_(1, targets[rows], True)
            loss = compute_loss(model, model(used), used, targets[rows], own_items, options, generator)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        if options.trace and (epoch + 1) % options.trace == 0:
            ndcg, recall = evaluate(model, sequences, -2, length)
            print(f"epoch {epoch + 1} loss {total / len(inputs):.4f} validation ndcg {ndcg:.4f} recall {recall:.4f} {time.time() - started:.0f} s", file=sys.stderr, flush=True)
    ndcg, recall = evaluate(model, sequences, -1 if options.target == "test" else -2, length)
    settings = {name: value for name, value in vars(options).items() if name not in ("folder", "trace")}
    versions = {"python": platform.python_version(), "torch": torch.__version__}
    print(json.dumps({"ndcg@10": round(ndcg, 5), "recall@10": round(recall, 5), **settings, "versions": versions}))


if __name__ == "__main__":
    main()
