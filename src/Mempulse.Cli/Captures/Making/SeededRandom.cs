namespace Mempulse.Cli.Captures.Making;

/// <summary>SplitMix64: the same seed gives the same numbers on every machine.</summary>
/// <remarks>Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014. Not for secrets.</remarks>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 to <paramref name="bound"/>, exclusive.</summary>
    public long Below(long bound)
    {
        // Multiply and shift; the bias is below 2^-40 for the bounds used here.
        return (long)(ulong)(((UInt128)Next() * (ulong)bound) >> 64);
    }

    /// <summary>True in <paramref name="permille"/> of a thousand cases.</summary>
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
