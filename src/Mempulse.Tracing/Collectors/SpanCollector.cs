using Mempulse.Tracing.Otlp;

namespace Mempulse.Tracing.Collectors;

/// <summary>Makes collectors.</summary>
public static class SpanCollector
{
    /// <summary>The collector of some settings. Nothing is connected yet.</summary>
    public static ISpanCollector Of(OtlpTarget settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Protocol == OtlpProtocol.Grpc ? new GrpcCollector(settings) : new HttpCollector(settings);
    }
}
