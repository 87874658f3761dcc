namespace Mempulse.Testing.Nodes;

/// <summary>A node's faults as data. What no rule covers is answered by <see cref="ScriptedNode.Result"/>.</summary>
public sealed record NodeScript
{
    /// <summary>A node without faults.</summary>
    public static NodeScript Honest { get; } = new();

    /// <summary>What the node does wrong, for the output of a test.</summary>
    public string Name { get; init; } = "honest";

    /// <summary>The rules, the first match of which decides.</summary>
    public IReadOnlyList<NodeRule> Rules { get; init; } = [];

    /// <summary>Maximum number of calls in a batch; 0 to refuse every batch.</summary>
    public int MaxBatch { get; init; } = int.MaxValue;

    /// <summary>The answer to a batch over <see cref="MaxBatch"/>, sent once for all its calls.</summary>
    public NodeReply BatchRefusal { get; init; } = new NodeReply.Refusal(-32600, "batch too large");

    /// <summary>True to answer the last call of a batch first.</summary>
    public bool IsBatchReversed { get; init; }

    /// <summary>How ids of answers are written, from the id of the call; by default as sent.</summary>
    public string IdFormat { get; init; } = "{0}";

    /// <summary>The id of every subscription, as JSON.</summary>
    public string SubscriptionId { get; init; } = "\"0xabc\"";

    /// <summary>Messages sent before the answer to eth_subscribe.</summary>
    public IReadOnlyList<string> BeforeSubscribed { get; init; } = [];

    /// <summary>Messages sent after the answer to eth_subscribe.</summary>
    public IReadOnlyList<string> AfterSubscribed { get; init; } = [];

    /// <summary>Returns this script with one more rule, which is tried first.</summary>
    public NodeScript With(string method, NodeReply reply) => this with { Rules = [new NodeRule(method, reply), .. Rules] };
}
