namespace Mempulse.Testing.SimulatedDisk;

/// <summary>Pseudorandom numbers that are the same for the same seed on every runtime (SplitMix64).</summary>
public sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 to one less than <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>Fills a span with bytes.</summary>
    public void Fill(Span<byte> bytes)
    {
        for (int index = 0; index < bytes.Length; index++)
        {
            bytes[index] = (byte)(Next() & 0xff);
        }
    }

    private ulong Next()
    {
        unchecked
        {
            // Word arithmetic modulo 2^64, as SplitMix64 is defined.
            _state += 0x9e3779b97f4a7c15;
            ulong mixed = (_state ^ (_state >> 30)) * 0xbf58476d1ce4e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
            return mixed ^ (mixed >> 31);
        }
    }
}
