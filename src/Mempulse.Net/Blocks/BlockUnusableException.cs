using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>A node returned an invalid block: it is not the one requested, or its parts do not match its hash.</summary>
public sealed class BlockUnusableException : Exception
{
    /// <summary>Creates a fault of a block.</summary>
    public BlockUnusableException(Hash256 block, BlockNumber number, DropReason reason, string message)
        : base(message)
    {
        Block = block;
        Number = number;
        Reason = reason;
    }

    /// <summary>Creates a fault of an unknown block.</summary>
    public BlockUnusableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates a fault of an unknown block.</summary>
    public BlockUnusableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates a fault of an unknown block.</summary>
    public BlockUnusableException()
    {
    }

    /// <summary>The requested block.</summary>
    public Hash256 Block { get; }

    /// <summary>Its height; 0 if unknown.</summary>
    public BlockNumber Number { get; }

    /// <summary>The kind of fault.</summary>
    public DropReason Reason { get; }
}
