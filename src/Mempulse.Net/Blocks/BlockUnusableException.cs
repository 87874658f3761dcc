using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>A node gave a block that cannot be taken: it is not what was asked for, or its parts do not fit its hash.</summary>
public sealed class BlockUnusableException : Exception
{
    /// <summary>A fault with what it is about.</summary>
    public BlockUnusableException(Hash256 block, BlockNumber number, DropReason reason, string message)
        : base(message)
    {
        Block = block;
        Number = number;
        Reason = reason;
    }

    /// <summary>A fault of an unknown block.</summary>
    public BlockUnusableException(string message)
        : base(message)
    {
    }

    /// <summary>A fault of an unknown block.</summary>
    public BlockUnusableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A fault of an unknown block.</summary>
    public BlockUnusableException()
    {
    }

    /// <summary>The block that was asked for.</summary>
    public Hash256 Block { get; }

    /// <summary>Its height, as far as known.</summary>
    public BlockNumber Number { get; }

    /// <summary>What kind of fault.</summary>
    public DropReason Reason { get; }
}
