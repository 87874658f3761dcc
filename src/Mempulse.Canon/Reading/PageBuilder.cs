using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Reading;

/// <summary>Collects records of consecutive frames into one page.</summary>
internal sealed class PageBuilder(GlobalSeq from, GlobalSeq watermark, int maxBytes)
{
    private readonly ByteBuffer _records = new(Math.Min(maxBytes, 64 * 1024));

    /// <summary>Number of records on the page so far.</summary>
    public int Count { get; private set; }

    /// <summary>The records on the page so far.</summary>
    public ReadOnlyMemory<byte> Records => _records.WrittenMemory;

    /// <summary>Adds the records of a frame that belong to the page.</summary>
    /// <returns>False when the page is full or has reached the watermark.</returns>
    public bool Add(in FrameHeader frame, ReadOnlySpan<byte> payload)
    {
        if (Count > 0 && _records.Length + payload.Length <= maxBytes && frame.Last <= watermark)
        {
            _records.Append(payload);
            Count += frame.Count;
            return true;
        }

        var seq = frame.First;
        while (!payload.IsEmpty)
        {
            int size = RecordFraming.SizeOfFirst(payload);
            if (seq >= from)
            {
                if (seq > watermark || (Count > 0 && _records.Length + size > maxBytes))
                {
                    return false;
                }

                _records.Append(payload[..size]);
                Count++;
            }

            payload = payload[size..];
            seq = seq.Next;
        }

        return true;
    }
}
