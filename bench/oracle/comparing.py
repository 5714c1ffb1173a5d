"""Random pairs of versions, ordered by a package manager and by Limpid: what the commands beside this share."""
import argparse
import random
import subprocess
import sys


def neighbours(dice, version, neighbour, valid):
    """Two valid versions, most of them few small steps apart, so that they differ late or not at all."""
    while True:
        left = version(dice)
        right = left
        for _ in range(dice.choice((0, 1, 1, 1, 2, 3))):
            right = neighbour(dice, right)
        if dice.random() < 0.1:
            right = version(dice)
        if valid(left) and valid(right):
            return (left, right) if dice.random() < 0.5 else (right, left)


def main(description, scheme, oracle, pair):
    """oracle() loads the package manager and returns (its name, a function that compares two versions), or a text that says what is missing."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--limpid", default="./limpid")
    parser.add_argument("--print", action="store_true", help="print each pair with the oracle's answer, compare nothing")
    options = parser.parse_args()
    known = oracle()
    if isinstance(known, str):
        print("no oracle: " + known, file=sys.stderr)
        return 2
    name, compare = known
    dice = random.Random(options.seed)
    pairs = [pair(dice) for _ in range(options.pairs)]
    order = [(c > 0) - (c < 0) for c in (compare(a, b) for a, b in pairs)]
    if options.print:
        sys.stdout.writelines("%s\t%s\t%d\n" % (a, b, o) for (a, b), o in zip(pairs, order))
        return 0
    lines = "".join("%s\t%s\n" % p for p in pairs)
    command = [options.limpid, "version", "compare", "--scheme", scheme, "--batch"]
    answers = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    if len(answers) != len(pairs):
        print("%d answers to %d pairs, seed %d" % (len(answers), len(pairs), options.seed))
        return 1
    wrong = [(p, o, x) for p, o, x in zip(pairs, order, answers) if x != str(o)]
    for (a, b), o, x in wrong[:20]:
        print("%s %s: %s %d, limpid %s" % (a, b, name, o, x))
    print("%d pairs (%d equal), %d disagreements, seed %d" % (len(pairs), order.count(0), len(wrong), options.seed))
    return 1 if wrong else 0
