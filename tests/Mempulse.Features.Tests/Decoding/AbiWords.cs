using System.Buffers.Binary;

namespace Mempulse.Features.Tests.Decoding;

/// <summary>Calldata written word by word.</summary>
internal static class AbiWords
{
    public static byte[] Of(params ReadOnlySpan<int> values)
    {
        byte[] words = new byte[32 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(words.AsSpan((32 * i) + 28), values[i]);
        }

        return words;
    }
}
