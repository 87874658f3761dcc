using System.Buffers.Binary;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>Where the parts of a log are in a payload, if it has the form in which logs are written: every length in its shortest form, and the data whole.</summary>
/// <remarks>A log in any other form is valid too and is read field by field. This is how nearly every log is passed over without reading its fields.</remarks>
internal readonly struct TxLogForm
{
    /// <summary>Offset of the account.</summary>
    public const int Account = 3;

    /// <summary>Offset of the first topic.</summary>
    public const int Topics = TopicsHeader + 1;

    /// <summary>Bytes from one topic to the next.</summary>
    public const int TopicSize = BytesHeader + Hash256.Size;

    private const byte ThreeFields = MessagePackCode.FixArray | 3;
    private const int BytesHeader = 2;
    private const int TopicsHeader = Account + Address.Size;
    private const int MaxShortCount = 0x0f;

    /// <summary>Number of topics.</summary>
    public int TopicCount { get; private init; }

    /// <summary>Offset of the data.</summary>
    public int Data { get; private init; }

    /// <summary>Offset of what follows the log.</summary>
    public int End { get; private init; }

    /// <summary>Finds the parts of the log at the start of <paramref name="bytes"/>; false for any other form, valid or not.</summary>
    public static bool TryFind(ReadOnlySpan<byte> bytes, out TxLogForm form)
    {
        form = default;
        if (bytes.Length < Topics + BytesHeader
            || bytes[0] != ThreeFields
            || bytes[1] != MessagePackCode.Bin8
            || bytes[2] != Address.Size
            || (bytes[TopicsHeader] & ~MaxShortCount) != MessagePackCode.FixArray)
        {
            return false;
        }

        int count = bytes[TopicsHeader] & MaxShortCount;
        int data = Topics + (count * TopicSize);
        if (bytes.Length < data + BytesHeader + 1 || !AreTopics(bytes[Topics..data]))
        {
            return false;
        }

        int length;
        switch (bytes[data])
        {
            case MessagePackCode.Bin8:
                length = bytes[data + 1];
                data += BytesHeader;
                break;
            case MessagePackCode.Bin16:
                length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(data + 1)..]);
                data += BytesHeader + 1;
                break;
            default:
                return false;
        }

        form = new TxLogForm { TopicCount = count, Data = data, End = data + length };
        return form.End <= bytes.Length;
    }

    /// <summary>The length of the log at the start of <paramref name="bytes"/>; 0 for any other form.</summary>
    public static int Measure(ReadOnlySpan<byte> bytes) => TryFind(bytes, out var form) ? form.End : 0;

    private static bool AreTopics(ReadOnlySpan<byte> topics)
    {
        for (; !topics.IsEmpty; topics = topics[TopicSize..])
        {
            if (topics[0] != MessagePackCode.Bin8 || topics[1] != Hash256.Size)
            {
                return false;
            }
        }

        return true;
    }
}
