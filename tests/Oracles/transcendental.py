"""Writes transcendental.csv: function, argument(s), and the result to 106 bits as a sum of two doubles, all as the hex digits of
their bits. Needs mpmath; the tests need only the file."""
import math
import random
import struct
from mpmath import mp, mpf, cos, erf, exp, log, log1p, power, sin

mp.prec = 1400
random.seed(20240607)


def bits(x):
    return struct.pack(">d", x).hex()


def line(name, function, *arguments):
    exact = function(*[mpf(a) for a in arguments])
    high = float(exact)
    low = float(exact - mpf(high))
    return ",".join([name, *map(bits, arguments), bits(high), bits(low)])


def either(x):
    return random.choice([-1, 1]) * x


def near_quarter_turns():
    return [float(n * mp.pi / 2) for n in [1, 2, 3, 5, 113, 1000, 99991, 2**20, 2**30 + 1, 10**15 + 1]]


exp_points = [either(10 ** random.uniform(-12, 2.8)) for _ in range(80)] + [random.uniform(-745, 709.7) for _ in range(60)]
log_points = [10 ** random.uniform(-307, 307) for _ in range(60)] + [1 + either(10 ** random.uniform(-15, -0.31)) for _ in range(60)]
log_points += [random.uniform(0.6, 1.6) for _ in range(40)] + [5e-324, 1e-310, 2.2250738585072014e-308, 1.7976931348623157e308]
log1p_points = [either(10 ** random.uniform(-300, -0.01)) for _ in range(60)] + [10 ** random.uniform(-1, 300) for _ in range(40)]
log1p_points += [random.uniform(-0.999, 2) for _ in range(60)]
angle_points = [either(10 ** random.uniform(-9, 6)) for _ in range(80)] + [2 * math.pi * k * a / 113 for k in (1, 17, 56) for a in (1, 40, 112)]
angle_points += near_quarter_turns() + [either(10 ** random.uniform(6, 308)) for _ in range(30)]
erf_points = [either(10 ** random.uniform(-20, 0.8)) for _ in range(60)] + [random.uniform(-6, 6) for _ in range(80)]
pow_points = [(b, float(t)) for b in (0.9, 0.99, 0.999, 0.9999) for t in (1, 2, 3, 10, 100, 999, 12345, 400000)]
pow_points += [(10 ** random.uniform(-5, 5), random.uniform(-60, 60)) for _ in range(80)]
pow_points += [(1 + either(10 ** random.uniform(-9, -3)), random.uniform(-4e5, 4e5)) for _ in range(40)]
pow_points += [(-3.0, 7.0), (-0.5, 12.0), (1e-310, 0.75), (2.0, -1070.5), (2.0, 1023.9)]

rows = [line("exp", exp, x) for x in exp_points]
rows += [line("log", log, x) for x in log_points]
rows += [line("log1p", log1p, x) for x in log1p_points]
rows += [line("sin", sin, x) for x in angle_points] + [line("cos", cos, x) for x in angle_points]
rows += [line("erf", erf, x) for x in erf_points]
rows += [line("pow", power, x, y) for x, y in pow_points]
with open("transcendental.csv", "w", newline="\n") as file:
    file.write("\n".join(rows) + "\n")
