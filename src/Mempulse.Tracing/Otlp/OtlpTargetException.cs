namespace Mempulse.Tracing.Otlp;

/// <summary>An environment variable of OpenTelemetry is not valid.</summary>
public sealed class OtlpTargetException : Exception
{
    /// <summary>An exception without a message.</summary>
    public OtlpTargetException()
    {
    }

    /// <summary>An exception with the reason in one sentence.</summary>
    public OtlpTargetException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with the reason in one sentence, and what caused it.</summary>
    public OtlpTargetException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
