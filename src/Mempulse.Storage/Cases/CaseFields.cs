using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Storage.Cases;

/// <summary>The content of a case file as MessagePack.</summary>
/// <remarks>Keep in sync with docs/formats/case-file.md.</remarks>
internal static class CaseFields
{
    private const int FieldCount = 10;
    private const int PairCount = 2;

    public static void Write(ByteBuffer buffer, CaseContent content)
    {
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(FieldCount);
        writer.Write(content.Chain.Value);
        writer.Write(content.Subject);
        writer.Write(content.Id);
        writer.Write(content.AsOf.Value);
        WriteResults(writer, content.Versions);
        writer.WriteArrayHeader(content.Records.Count);
        foreach (var record in content.Records)
        {
            writer.WriteArrayHeader(PairCount);
            writer.Write(record.Seq.Value);
            writer.Write(record.Bytes.Span);
        }

        writer.WriteArrayHeader(content.Contents.Count);
        foreach (var bytes in content.Contents)
        {
            writer.Write(bytes.Span);
        }

        writer.Write(content.Standing.Span);
        WriteResults(writer, content.Results);
        writer.WriteArrayHeader(content.AsLogged.Count);
        foreach (var (kind, id) in content.AsLogged)
        {
            writer.WriteArrayHeader(PairCount);
            writer.Write((ulong)kind);
            writer.Write(id);
        }
    }

    /// <exception cref="EventDecodeException">The bytes are not those of a case.</exception>
    public static CaseContent Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        Expect(ref reader, FieldCount);
        var (chain, subject, id, asOf) = (new ChainId(reader.ReadUInt64()), Text(ref reader), reader.ReadHash(), new GlobalSeq(reader.ReadUInt64()));
        var versions = ReadResults(ref reader);
        var records = new List<CaseRecord>();
        for (int left = reader.ReadArrayHeader(); left > 0; left--)
        {
            Expect(ref reader, PairCount);
            var record = new CaseRecord(new GlobalSeq(reader.ReadUInt64()), reader.ReadBytes().ToArray());
            if (records.Count > 0 && record.Seq <= records[^1].Seq)
            {
                throw new EventDecodeException($"record {record.Seq} follows record {records[^1].Seq}.");
            }

            records.Add(record);
        }

        var contents = new List<ReadOnlyMemory<byte>>();
        for (int left = reader.ReadArrayHeader(); left > 0; left--)
        {
            contents.Add(reader.ReadBytes().ToArray());
        }

        byte[] standing = reader.ReadBytes().ToArray();
        var results = ReadResults(ref reader);
        var asLogged = ReadEvents(ref reader);
        return reader.AtEnd
            ? new CaseContent { Chain = chain, Subject = subject, Id = id, AsOf = asOf, Versions = versions, Records = records, Contents = contents, Standing = standing, Results = results, AsLogged = asLogged }
            : throw new EventDecodeException($"{reader.Remaining} bytes follow the last event.");
    }

    private static void WriteResults(MessagePackWriter writer, IReadOnlyList<CaseResult> results)
    {
        writer.WriteArrayHeader(results.Count);
        foreach (var (name, text) in results)
        {
            writer.WriteArrayHeader(PairCount);
            writer.Write(name);
            writer.Write(text);
        }
    }

    private static List<CaseResult> ReadResults(ref MessagePackReader reader)
    {
        var results = new List<CaseResult>();
        for (int left = reader.ReadArrayHeader(); left > 0; left--)
        {
            Expect(ref reader, PairCount);
            results.Add(new CaseResult(Text(ref reader), Text(ref reader)));
        }

        return results;
    }

    private static List<CaseEvent> ReadEvents(ref MessagePackReader reader)
    {
        var events = new List<CaseEvent>();
        for (int left = reader.ReadArrayHeader(); left > 0; left--)
        {
            Expect(ref reader, PairCount);
            ulong kind = reader.ReadUInt64();
            var read = kind <= ushort.MaxValue ? new CaseEvent((EventKind)kind, reader.ReadHash()) : throw new EventDecodeException($"{kind} is not a valid kind of event.");
            if (events.Count > 0 && read <= events[^1])
            {
                throw new EventDecodeException($"event {read.Kind} {read.Id} is not in ascending order.");
            }

            events.Add(read);
        }

        return events;
    }

    private static string Text(ref MessagePackReader reader) => reader.ReadString() ?? throw new EventDecodeException("a text is missing.");

    private static void Expect(ref MessagePackReader reader, int count)
    {
        if (reader.ReadArrayHeader() is var found && found != count)
        {
            throw new EventDecodeException($"an array has {found} items: expected {count}.");
        }
    }
}
