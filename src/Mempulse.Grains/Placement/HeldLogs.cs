using Mempulse.Primitives;

namespace Mempulse.Grains.Placement;

/// <summary>The chains whose logs this silo holds, and how a silo's metadata names them: their ids, separated by commas.</summary>
internal sealed class HeldLogs(IReadOnlyList<ChainId> chains)
{
    /// <summary>The key in the metadata of a silo.</summary>
    public const string Key = "mempulse.logs";

    private const char Separator = ',';

    /// <summary>The text for the metadata of this silo.</summary>
    public string Text => string.Join(Separator, chains);

    /// <summary>Whether this silo holds the log of a chain.</summary>
    public bool Includes(ChainId chain) => chains.Contains(chain);

    /// <summary>Whether another silo holds the log of a chain.</summary>
    /// <param name="held">The text of its metadata; null for a silo without any.</param>
    /// <param name="chain">The chain.</param>
    public static bool Includes(string? held, ChainId chain) => held?.Split(Separator).Contains(chain.ToString(), StringComparer.Ordinal) == true;
}
