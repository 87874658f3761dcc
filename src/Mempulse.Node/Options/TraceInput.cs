using Mempulse.Tracing.Otlp;

namespace Mempulse.Node.Options;

/// <summary>The collector of traces, from the environment variables of OpenTelemetry.</summary>
internal static class TraceInput
{
    /// <summary>The collector; null if none is configured.</summary>
    /// <exception cref="NodeUsageException">A variable is not valid.</exception>
    public static OtlpTarget? Of(IConfiguration configuration)
    {
        try
        {
            return OtlpTarget.Of(name => configuration[name]);
        }
        catch (OtlpTargetException invalid)
        {
            throw new NodeUsageException(invalid.Message, invalid);
        }
    }
}
