namespace Mempulse.Features.Book;

/// <summary>What the book may hold. What is beyond a bound is counted.</summary>
internal sealed record BookBounds
{
    /// <summary>The bounds of the rules.</summary>
    public static BookBounds Default { get; } = new();

    /// <summary>Pools of pairs that pending transactions asked for, and of which no pool was found yet.</summary>
    public int Asked { get; init; } = 8_192;

    /// <summary>Pools of pairs that have, or had, a state, but no event in a block.</summary>
    public int Held { get; init; } = 8_192;

    /// <summary>Pools of pairs that a block traded.</summary>
    public int Traded { get; init; } = 16_384;

    /// <summary>Addresses at which no pool was found.</summary>
    public int Absent { get; init; } = 131_072;

    /// <summary>Pairs for which there was no room, and whose transactions may still wait.</summary>
    public int LetGo { get; init; } = 4_096;

    /// <summary>Pairs of those that one block looks at again.</summary>
    public int AskedAgain { get; init; } = 256;

    /// <summary>Pairs that one transaction asks for.</summary>
    public int OfOneTx { get; init; } = 64;

    /// <summary>Tokens whose events are doubted.</summary>
    public int Tokens { get; init; } = 8_192;

    /// <summary>Bytes of a block's receipts that are kept until the last of them comes.</summary>
    public int PartBytes { get; init; } = 16 << 20;
}
