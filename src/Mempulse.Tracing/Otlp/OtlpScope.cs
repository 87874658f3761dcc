namespace Mempulse.Tracing.Otlp;

/// <summary>Values that every export has.</summary>
internal static class OtlpScope
{
    /// <summary>The instrumentation scope.</summary>
    public const string Name = "Mempulse.Traces";

    /// <summary>W3C trace flags: sampled.</summary>
    public const uint Sampled = 1;

    /// <summary>Kind of a span inside the process.</summary>
    public const int Internal = 1;

    /// <summary>Kind of a span that is a request.</summary>
    public const int Client = 3;

    /// <summary>Status of a step that failed.</summary>
    public const int Error = 2;
}
