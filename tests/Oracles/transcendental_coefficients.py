"""Fits the polynomials of Husai.Numerics' Transcendental and prints their coefficients, constant term first.

Each function is fitted by weighted least squares at the Chebyshev points of its interval in 60 digits, which is within a
small factor of the minimax polynomial; coefficients are rounded one at a time from the constant term up, and the rest is fitted again,
so that the rounding of the large ones is made good by the small ones. Needs mpmath.
"""
import numpy
from mpmath import mp, mpf, cos, pi, exp, log, atanh, erf, erfc, sin, sqrt, matrix, qr_solve

mp.dps = 60


def least_squares(f, weight, low, high, first, count):
    """Coefficients of x^first ... x^(first + count - 1) with the least weighted squared error at Chebyshev points."""
    nodes = [(low + high) / 2 + (high - low) / 2 * cos(pi * (2 * i + 1) / (6 * count)) for i in range(3 * count)]
    system = matrix(len(nodes), count)
    values = matrix(len(nodes), 1)
    for i, x in enumerate(nodes):
        for j in range(count):
            system[i, j] = weight(x) * x ** (first + j)
        values[i] = weight(x) * f(x)
    return list(qr_solve(system, values)[0])


def fit(name, f, low, high, degree, kind, weight=lambda x: mpf(1)):
    """Prints the rounded coefficients and the largest |error| * weight over the interval."""
    low, high = mpf(low), mpf(high)
    fixed = []
    while len(fixed) <= degree:
        def rest(x):
            return f(x) - sum(c * x**i for i, c in enumerate(fixed))
        free = least_squares(rest, weight, low, high, len(fixed), degree + 1 - len(fixed))
        fixed.append(mpf(float(kind(float(free[0])))))
    grid = [low + (high - low) * (i + mpf(1) / 2) / 500 for i in range(500)]
    worst = max(abs((sum(c * x**i for i, c in enumerate(fixed)) - f(x)) * weight(x)) for x in grid)
    print(f"{name}: degree {degree}, error {mp.nstr(worst, 3)}")
    for c in fixed:
        print("    " + (repr(float(c)) if kind is numpy.float64 else str(numpy.float32(float(c))) + "f") + ",")


half_log2 = log(2) / 2 * mpf("1.001")
fit("exp, double: (e^r - 1 - r) / r^2", lambda r: (exp(r) - 1 - r) / r**2, -half_log2, half_log2, 10, numpy.float64, lambda r: r**2 / exp(r))
fit("exp, single", lambda r: (exp(r) - 1 - r) / r**2, -half_log2, half_log2, 4, numpy.float32, lambda r: r**2 / exp(r))
largest = (mpf("1.4143") - 1) / (mpf("1.4143") + 1)
fit("log, double: (2 atanh(s) - 2 s) / s^3 in z = s^2", lambda z: (2 * atanh(sqrt(z)) / sqrt(z) - 2) / z, 0, largest**2, 7, numpy.float64, lambda z: z / 2)
fit("log, in pairs: ((2 atanh(s) - 2 s) / s^3 - 2/3) / z", lambda z: ((2 * atanh(sqrt(z)) / sqrt(z) - 2) / z - mpf(2) / 3) / z, 0, largest**2, 8, numpy.float64, lambda z: z**2 / 2)
fit("erf, single, below 1: erf(x) / x - 1 in x^2", lambda z: erf(sqrt(z)) / sqrt(z) - 1, 0, mpf("1.0"), 6, numpy.float32)
fit("erf, single, above 1: -log(erfc(t))", lambda t: -log(erfc(t)), 1, 4, 8, numpy.float32, lambda t: erfc(t))
fit("erf, double, below 1: erf(x) / x - 1 in x^2", lambda z: erf(sqrt(z)) / sqrt(z) - 1, 0, 1, 12, numpy.float64)
fit("erf, double, above 1: erfc(t) e^(t^2) in u = 1 / (1 + t)", lambda u: erfc(1 / u - 1) * exp((1 / u - 1)**2), mpf(1) / 7, mpf(1) / 2, 18, numpy.float64, lambda u: exp(-(1 / u - 1)**2))
quarter = (pi / 4 * mpf("1.0001"))**2
fit("sin: (sin(r) - r) / r^3 in r^2", lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z, 0, quarter, 6, numpy.float64, lambda z: z)
fit("cos: (cos(r) - 1 + r^2 / 2) / r^4 in r^2", lambda z: (cos(sqrt(z)) - 1 + z / 2) / z**2, 0, quarter, 6, numpy.float64, lambda z: z**2)
