using System.Buffers.Binary;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>Parses deposit requests from the logs of the deposit contract. <see href="https://eips.ethereum.org/EIPS/eip-6110"/></summary>
internal static class DepositRequests
{
    private const int WordBytes = 32;

    /// <summary>Offset of each field's length word in the log data, and the required length: public key, credentials, amount, signature, index.</summary>
    private static ReadOnlySpan<(int At, int Bytes)> Fields => new[] { (160, 48), (256, 32), (320, 8), (384, 96), (512, 8) };

    /// <summary>Appends the deposits in <paramref name="logs"/>; false when a deposit log has the wrong layout.</summary>
    public static bool TryAppend(IReadOnlyList<LogEntry> logs, in Address contract, ByteBuffer deposits)
    {
        for (int i = 0; i < logs.Count; i++)
        {
            var log = logs[i];
            if (log.Address == contract && log.Topics.Count != 0 && log.Topics[0] == Eip6110.EventTopic && !TryAppend(log.Data.Span, deposits))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryAppend(ReadOnlySpan<byte> data, ByteBuffer deposits)
    {
        if (data.Length != Eip6110.EventBytes)
        {
            return false;
        }

        for (int i = 0; i < Fields.Length; i++)
        {
            var (at, bytes) = Fields[i];
            if (!IsWord(data[(i * WordBytes)..], at) || !IsWord(data[at..], bytes))
            {
                return false;
            }

            deposits.Append(data.Slice(at + WordBytes, bytes));
        }

        return true;
    }

    private static bool IsWord(ReadOnlySpan<byte> data, int expected) =>
        data[..(WordBytes - sizeof(int))].IndexOfAnyExcept((byte)0) < 0
        && BinaryPrimitives.ReadInt32BigEndian(data[(WordBytes - sizeof(int))..]) == expected;
}
