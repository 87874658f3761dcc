namespace Mempulse.Cli.Captures.Making;

/// <summary>SplitMix64: the same numbers from the same seed on every machine and for ever.</summary>
/// <remarks>Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014. No secrets are made of it.</remarks>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 up to, and without, <paramref name="bound"/>.</summary>
    public long Below(long bound)
    {
        // Multiply and shift; the bias is below 2^-40 for the bounds used here.
        return (long)(ulong)(((UInt128)Next() * (ulong)bound) >> 64);
    }

    /// <summary>True in so many of a thousand cases.</summary>
    public bool Chance(int permille) => Below(1000) < permille;

    private ulong Next()
    {
        unchecked // modulo 2^64 by definition
        {
            _state += 0x9e3779b97f4a7c15;
            ulong mixed = (_state ^ (_state >> 30)) * 0xbf58476d1ce4e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
            return mixed ^ (mixed >> 31);
        }
    }
}
