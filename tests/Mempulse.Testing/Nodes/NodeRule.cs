namespace Mempulse.Testing.Nodes;

/// <summary>One line of a script: what the node does with calls to a method. The first rule that matches decides.</summary>
/// <param name="Method">The method; "*" for each.</param>
/// <param name="Reply">What the node does.</param>
public sealed record NodeRule(string Method, NodeReply Reply)
{
    /// <summary>The first call to the method that the rule applies to, counted from 1.</summary>
    public int FirstCall { get; init; } = 1;

    /// <summary>The last call to the method that the rule applies to.</summary>
    public int LastCall { get; init; } = int.MaxValue;

    /// <summary>Whether the rule applies to single calls, to calls in a batch, or to both.</summary>
    public CallPlace Place { get; init; } = CallPlace.Anywhere;

    /// <summary>Text that the parameters contain, as JSON; empty for any parameters.</summary>
    public string Parameters { get; init; } = string.Empty;

    /// <summary>True if the rule applies to the <paramref name="count"/>th call to a method.</summary>
    public bool Matches(string method, string parameters, int count, bool isBatch) =>
        (Method == "*" || Method == method)
        && count >= FirstCall
        && count <= LastCall
        && (Place == CallPlace.Anywhere || isBatch == (Place == CallPlace.InBatch))
        && parameters.Contains(Parameters, StringComparison.Ordinal);
}
