namespace Mempulse.Features.Registry;

/// <summary>Which token of a pool is meant.</summary>
/// <param name="Place">Its place among the tokens of the pool, from 0.</param>
/// <param name="Stated">The argument that states the place; null if <paramref name="Place"/> does.</param>
internal sealed record PoolToken(int Place, ArgumentPath? Stated);
