"""First-passage densities in long arithmetic, from series that the kit does not use.

Everything is summed as it stands in the sources, term by term and to convergence, with as many
digits as the cancellation costs. A float argument is taken as exactly what it holds.
"""

import mpmath as mp


def log_density(rt, response, v, a, z, t, theta=0.0, sv=0.0):
    """Log density by the images of Hall (1997), or sines where the bounds are parallel."""
    rt, v, a, z, t, theta, sv = (mp.mpf(x) for x in (rt, v, a, z, t, theta, sv))
    with mp.workdps(60):
        tau = rt - t
        if theta == 0 and tau / (2 * a) ** 2 > 0.5:
            return _log_sines(tau, response, v, a, z, sv)
        return _log_images(tau, response, v, a, z, theta, sv)


def _towards(response, v, a, z):
    w, m = (1 - z, v) if response > 0 else (z, -v)
    return 2 * a * w, m


def _log_tilt(d, m, tau, sv):
    """Log of the mean of exp(d x - x^2 tau / 2) over a normal x of mean m and sd sv."""
    spread = 1 + sv**2 * tau
    return (d**2 * sv**2 + 2 * d * m - m**2 * tau) / (2 * spread) - mp.log(spread) / 2


def _log_images(tau, response, v, a, z, theta, sv):
    slope = mp.tan(theta)
    room = 1 - tau * slope / a
    if tau <= 0 or room <= 0:
        return -mp.inf
    d, m = _towards(response, v, a, z)
    # What is left over from terms of size 1 is about exp(-loss).
    loss = mp.pi**2 * tau / (8 * a**2 * room)
    with mp.workdps(60 + int(loss / mp.log(10))):
        slope = mp.tan(theta)
        room = 1 - tau * slope / a
        last = 2 + int(mp.sqrt((loss + 140) * tau / (8 * a**2 * room)))
        total = mp.mpf(0)
        for k in range(-last, last + 1):
            r = d + 4 * a * k
            total += r * mp.exp((d**2 - r**2) * (1 / (2 * tau) - slope / (2 * a)))
        log_f = mp.log(total) - mp.log(2 * mp.pi) / 2 - mp.log(tau) * 3 / 2 - d**2 / (2 * tau)
        return log_f + _log_tilt(d, m + slope, tau, sv)


def _log_sines(tau, response, v, a, z, sv):
    d, m = _towards(response, v, a, z)
    gap = 2 * a
    s = tau / gap**2
    last = 3 + int(mp.sqrt(2 * 140 / (mp.pi**2 * s) + 1))
    total = mp.fsum(
        n * mp.exp(-((n**2 - 1) * mp.pi**2 * s) / 2) * mp.sin(n * mp.pi * d / gap)
        for n in range(1, last + 1)
    )
    log_f = mp.log(total) + mp.log(mp.pi) - mp.pi**2 * s / 2 - 2 * mp.log(gap)
    return log_f + _log_tilt(d, m, tau, sv)


def gradient(rt, response, *params, **extra):
    """Slopes of the log density in each parameter, by central differences of 40 good digits."""
    step = mp.mpf(10) ** -20
    slopes = []
    with mp.workdps(60):
        names = [*(range(len(params))), *extra]
        for name in names:
            sides = []
            for sign in (1, -1):
                moved, more = [mp.mpf(x) for x in params], {k: mp.mpf(x) for k, x in extra.items()}
                part = more if name in more else moved
                part[name] += sign * step
                sides.append(log_density(rt, response, *moved, **more))
            slopes.append((sides[0] - sides[1]) / (2 * step))
    return slopes
