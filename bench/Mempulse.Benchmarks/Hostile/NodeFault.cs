using System.Text.Json;
using Mempulse.Testing.Nodes;

namespace Mempulse.Benchmarks.Hostile;

/// <summary>One fault of a node, as data.</summary>
/// <param name="Name">What the node does.</param>
/// <param name="Script">Its script.</param>
internal sealed record NodeFault(string Name, NodeScript Script)
{
    /// <summary>How the node changes its answers, from the method, the number of calls to it and the true answer; null for no answer.</summary>
    public Func<string, int, JsonElement, string?> Change { get; init; } = static (_, _, answer) => answer.GetRawText();

    /// <summary>The id of the subscription in notifications.</summary>
    public string NotifiedId { get; init; } = "\"0xabc\"";

    /// <summary>Messages that the node sends between notifications.</summary>
    public IReadOnlyList<string> Noise { get; init; } = [];

    /// <summary>True if the node sends no notifications.</summary>
    public bool IsMute { get; init; }
}
