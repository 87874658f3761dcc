namespace Mempulse.Cli.Logs;

/// <summary>How events are printed.</summary>
internal enum DumpForm
{
    /// <summary>Readable text.</summary>
    Text,

    /// <summary>One JSON object per line.</summary>
    Json,
}
