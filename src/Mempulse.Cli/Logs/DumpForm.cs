namespace Mempulse.Cli.Logs;

/// <summary>How events are printed.</summary>
internal enum DumpForm
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,
}
