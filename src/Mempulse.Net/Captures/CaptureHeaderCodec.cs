using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Captures;

/// <summary>Encodes the header as a MessagePack array. A missing field takes its default, an unknown one is skipped.</summary>
/// <remarks>Keep in sync with docs/formats/capture.md.</remarks>
internal static class CaptureHeaderCodec
{
    private const int FieldCount = 13;
    private const int SourceFieldCount = 3;

    public static void Write(ByteBuffer buffer, CaptureHeader header)
    {
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(FieldCount);
        writer.Write(header.Chain.Value);
        writer.Write(header.Title);
        writer.Write(header.Label);
        writer.Write(header.Provenance);
        writer.Write(header.Seed);
        writer.Write((ulong)header.Start.Value);
        writer.WriteArrayHeader(header.Sources.Count);
        foreach (var source in header.Sources)
        {
            writer.WriteArrayHeader(SourceFieldCount);
            writer.Write(source.Name);
            writer.Write(source.Endpoint);
            writer.Write(source.Client);
        }

        writer.Write(header.SuggestedParameters.ConfirmationDepthBlocks);
        writer.Write(header.SuggestedParameters.ExpirySeconds);
        writer.Write(header.SuggestedParameters.FeeBumpPercent);
        writer.Write(header.SuggestedParameters.BlobFeeBumpPercent);
        writer.Write(header.SuggestedParameters.RetentionBlocks);
        writer.Write(header.SuggestedPacePercent);
    }

    /// <exception cref="EventDecodeException">The header is malformed.</exception>
    public static CaptureHeader Read(ReadOnlySpan<byte> bytes, bool isSynthetic)
    {
        var reader = new MessagePackReader(bytes);
        int left = reader.ReadArrayHeader();
        return new CaptureHeader
        {
            IsSynthetic = isSynthetic,
            Chain = new ChainId(ReadNumber(ref reader, ref left, 0)),
            Title = ReadText(ref reader, ref left),
            Label = ReadText(ref reader, ref left),
            Provenance = ReadText(ref reader, ref left),
            Seed = ReadNumber(ref reader, ref left, 0),
            Start = new UnixNanoseconds((long)ReadNumber(ref reader, ref left, 0, long.MaxValue)),
            Sources = left-- > 0 ? ReadSources(ref reader) : [],
            SuggestedParameters = new FoldParameters
            {
                ConfirmationDepthBlocks = ReadNumber(ref reader, ref left, FoldParameters.DefaultConfirmationDepthBlocks),
                ExpirySeconds = ReadNumber(ref reader, ref left, FoldParameters.DefaultExpirySeconds),
                FeeBumpPercent = (uint)ReadNumber(ref reader, ref left, FoldParameters.DefaultFeeBumpPercent, uint.MaxValue),
                BlobFeeBumpPercent = (uint)ReadNumber(ref reader, ref left, FoldParameters.DefaultBlobFeeBumpPercent, uint.MaxValue),
                RetentionBlocks = ReadNumber(ref reader, ref left, FoldParameters.DefaultRetentionBlocks),
            },
            SuggestedPacePercent = (uint)ReadNumber(ref reader, ref left, CaptureHeader.DefaultPacePercent, uint.MaxValue),
        };
    }

    private static CaptureSource[] ReadSources(ref MessagePackReader reader)
    {
        var sources = new CaptureSource[reader.ReadArrayHeader()];
        for (int i = 0; i < sources.Length; i++)
        {
            int left = reader.ReadArrayHeader();
            sources[i] = new CaptureSource(ReadText(ref reader, ref left), ReadText(ref reader, ref left), ReadText(ref reader, ref left));
            for (; left > 0; left--)
            {
                reader.Skip();
            }
        }

        return sources;
    }

    private static ulong ReadNumber(ref MessagePackReader reader, ref int left, ulong otherwise, ulong max = ulong.MaxValue) =>
        left-- > 0 && !reader.TryReadNil() ? reader.ReadUInt64(max) : otherwise;

    private static string ReadText(ref MessagePackReader reader, ref int left) =>
        (left-- > 0 ? reader.ReadString() : null) ?? string.Empty;
}
