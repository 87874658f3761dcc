namespace Mempulse.Cli.Monitoring;

/// <summary>How to show a node's status.</summary>
internal enum TopForm
{
    /// <summary>Drawn as tables.</summary>
    Screen,

    /// <summary>The node's own answer, one per line.</summary>
    Json,
}
