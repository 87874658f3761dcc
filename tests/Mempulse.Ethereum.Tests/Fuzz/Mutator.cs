namespace Mempulse.Ethereum.Tests.Fuzz;

/// <summary>Creates damaged inputs from good ones; the same seed gives the same inputs on every machine.</summary>
internal sealed class Mutator(ulong seed)
{
    private const int MaxMutations = 4;
    private const int MaxBlockBytes = 64;

    /// <summary>Bytes with a special meaning in RLP and in the field encodings: header limits, zero, signs.</summary>
    private static readonly byte[] Interesting = [0x00, 0x01, 0x7f, 0x80, 0x81, 0x94, 0xa0, 0xb7, 0xb8, 0xbf, 0xc0, 0xc1, 0xf7, 0xf8, 0xff];

    private ulong _state = seed;

    /// <summary>Applies one to four mutations to <paramref name="input"/>; they may copy parts of <paramref name="other"/>.</summary>
    public byte[] Mutate(byte[] input, byte[] other)
    {
        byte[] mutated = [.. input];
        for (int left = 1 + Below(MaxMutations); left > 0; left--)
        {
            mutated = MutateOnce(mutated, other);
        }

        return mutated;
    }

    /// <summary>Returns a number from 0 up to <paramref name="limit"/>, exclusive.</summary>
    public int Below(int limit)
    {
        unchecked // SplitMix64 wraps by definition
        {
            _state += 0x9e3779b97f4a7c15;
            ulong mixed = (_state ^ (_state >> 30)) * 0xbf58476d1ce4e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
            return (int)((mixed ^ (mixed >> 31)) % (ulong)Math.Max(1, limit));
        }
    }

    private byte[] MutateOnce(byte[] input, byte[] other)
    {
        if (input.Length == 0)
        {
            return [(byte)Below(256)];
        }

        int at = Below(input.Length);
        int count = Math.Min(1 + Below(MaxBlockBytes), input.Length - at);
        switch (Below(7))
        {
            case 0:
                input[at] ^= (byte)(1 << Below(8));
                return input;
            case 1:
                input[at] = Interesting[Below(Interesting.Length)];
                return input;
            case 2:
                return [.. input[..at], .. input[(at + count)..]];
            case 3:
                return [.. input[..at], .. input[at..(at + count)], .. input[at..]];
            case 4:
                return [.. input[..at], Interesting[Below(Interesting.Length)], .. input[at..]];
            case 5:
                return input[..at];
            default:
                return [.. input[..at], .. other[Below(other.Length + 1)..]];
        }
    }
}
