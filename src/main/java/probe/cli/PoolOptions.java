package probe.cli;

import probe.advice.PoolLoad;

/**
 * How the client's own pool is driven.
 *
 * @param requests how many requests are made
 * @param load how large the pool is, and how many ask it at once
 */
record PoolOptions(int requests, PoolLoad load) {}
