using Mempulse.Primitives;

namespace Mempulse.Features.Rules;

/// <summary>No content at all: for logs that load no rules.</summary>
public sealed class NoRules : IRulesContents
{
    private NoRules()
    {
    }

    /// <summary>The only instance.</summary>
    public static NoRules Instance { get; } = new();

    /// <inheritdoc/>
    public string Place => "no store";

    /// <inheritdoc/>
    public bool TryRead(in Hash256 hash, out ReadOnlyMemory<byte> content)
    {
        content = default;
        return false;
    }
}
