namespace Mempulse.Cli.Monitoring;

/// <summary>How a node's status is shown.</summary>
internal enum TopForm
{
    /// <summary>Drawn for people.</summary>
    Screen,

    /// <summary>The node's own answer, one a line.</summary>
    Json,
}
