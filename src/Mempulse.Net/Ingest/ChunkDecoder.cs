using Mempulse.Net.Decoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Ingest;

/// <summary>Turns the items of a chunk into records. The record of an item depends on that item alone.</summary>
/// <remarks>Confined to its worker's thread. The recorder is responsible for order, numbering and duplicates.</remarks>
internal sealed class ChunkDecoder(PipelineContext context, TransactionBodyDecoder decoder)
{
    /// <summary>Maximum bytes of an undecodable body that are recorded.</summary>
    internal const int KeptRawBytes = 64 << 10;

    /// <summary>Decodes every body of the chunk and encodes every fact.</summary>
    public void Decode(DecodeChunk chunk)
    {
        for (int i = 0; i < chunk.Count; i++)
        {
            ref var entry = ref chunk[i];
            switch (entry.Item.Kind)
            {
                case IngestItemKind.Body:
                    DecodeBody(chunk, ref entry);
                    break;
                case IngestItemKind.Fact:
                    chunk.Records.Add(entry.Item.Fact!, MetaOf(chunk, entry));
                    entry.HasRecord = true;
                    break;
                case IngestItemKind.Sighting:
                default:
                    break;
            }
        }
    }

    /// <summary>Decodes a body that was skipped as remembered and has been forgotten since.</summary>
    public void DecodeLate(DecodeChunk chunk, ref DecodeChunk.Entry entry, EventBatch into, in RecordMeta meta) =>
        DecodeBody(chunk.BodyOf(entry), ref entry, into, meta);

    private void DecodeBody(DecodeChunk chunk, ref DecodeChunk.Entry entry)
    {
        // A copy of a body on record: skips the recovery, which is most of the cost.
        if (!entry.Item.Hash.IsZero && context.Decoded.Contains(entry.Item.Hash))
        {
            return;
        }

        DecodeBody(chunk.BodyOf(entry), ref entry, chunk.Records, MetaOf(chunk, entry));
    }

    private void DecodeBody(ReadOnlySpan<byte> raw, ref DecodeChunk.Entry entry, EventBatch into, in RecordMeta meta)
    {
        entry.Outcome = decoder.Decode(raw, entry.Item.Hash, into, meta);
        entry.HasRecord = true;
        if (!entry.Outcome.IsDecoded)
        {
            into.Add(DropOf(raw, entry), meta);
        }
    }

    private LogEvent.TxIngestDropped DropOf(ReadOnlySpan<byte> raw, in DecodeChunk.Entry entry)
    {
        var hash = entry.Item.Hash.IsZero ? entry.Outcome.Hash : entry.Item.Hash;
        byte[] kept = raw[..Math.Min(raw.Length, KeptRawBytes)].ToArray();
        return new LogEvent.TxIngestDropped(
            hash, entry.Outcome.Failure, context.LaneName, "decode", DepthNow: 0, DepthPeak: 0, Count: 1, hash, entry.Outcome.Detail, kept);
    }

    private RecordMeta MetaOf(DecodeChunk chunk, in DecodeChunk.Entry entry) =>
        RecordMeta.Fact(context.Lane, (ulong)chunk.Records.Count + 1, entry.Item.Timestamp, entry.Item.Source);
}
