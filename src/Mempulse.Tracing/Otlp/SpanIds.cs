using System.Buffers.Binary;
using Mempulse.Primitives;

namespace Mempulse.Tracing.Otlp;

/// <summary>Trace and span ids as OpenTelemetry has them.</summary>
public static class SpanIds
{
    /// <summary>Bytes of a trace id.</summary>
    public const int TraceSize = 16;

    /// <summary>Bytes of a span id.</summary>
    public const int SpanSize = 8;

    /// <summary>The trace id of an opportunity: its first 16 bytes.</summary>
    public static byte[] TraceOf(Hash256 opportunity) => opportunity.ToArray()[..TraceSize];

    /// <summary>The span id of a record: its position, big-endian.</summary>
    public static byte[] SpanOf(GlobalSeq seq)
    {
        byte[] id = new byte[SpanSize];
        BinaryPrimitives.WriteUInt64BigEndian(id, seq.Value);
        return id;
    }
}
