namespace Mempulse.Testing;

/// <summary>Bytes that do not compress, always the same for a seed.</summary>
public sealed class SeededBytes(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next <paramref name="count"/> bytes.</summary>
    public byte[] Next(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            unchecked
            {
                _state = (_state * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407;
            }

            bytes[i] = (byte)(_state >> 56);
        }

        return bytes;
    }
}
